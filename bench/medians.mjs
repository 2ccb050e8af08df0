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

/** Mean and 95 % interval of it, by Student's t for 20 samples. */
export function interval(numbers) {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const variance = numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (numbers.length - 1);
  const half = 2.093 * Math.sqrt(variance / numbers.length); // t(0.975) of 19 degrees of freedom
  return { mean, low: mean - half, high: mean + half };
}

export function rounded(number, digits = 2) {
  return +number.toFixed(digits);
}
