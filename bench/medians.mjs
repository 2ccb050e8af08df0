/** What benches make of their samples. */

/** A different subject begins each round, so that none always follows the same other. */
export function turn(subjects, round) {
  const entries = Object.entries(subjects);
  return entries.map((_, i) => entries[(i + round) % entries.length]);
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : +((sorted[middle - 1] + sorted[middle]) / 2).toFixed(2);
}
