/** Which of the known names somebody may have meant. */

/** The `count` names that are most like the asked one, best first. Letters that two names share in order decide. */
export function nearestNames(asked: string, names: readonly string[], count = 3): readonly string[] {
  const wanted = asked.toLowerCase();
  return names
    .map((name) => ({ name, likeness: likeness(wanted, name.toLowerCase()) }))
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** Shared pairs of letters against all pairs (Sørensen and Dice): forgives typing errors and words in another order. */
function likeness(one: string, other: string): number {
  const left = pairs(one);
  const right = pairs(other);
  let shared = 0;
  for (const pair of left) if (right.has(pair)) shared++;
  return (2 * shared) / Math.max(1, left.size + right.size);
}

function pairs(name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = -1; at < name.length; at++) found.add(`${name[at] ?? "^"}${name[at + 1] ?? "$"}`);
  return found;
}
