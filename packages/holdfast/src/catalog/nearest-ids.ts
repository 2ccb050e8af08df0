/** What somebody may have meant by an id that there is not. */

/** Below this share of common letters in a row, a guess would be noise. */
const minLikeness = 0.2;

/** The likest first, at most `count`. Likeness is Dice's coefficient of the groups of three letters that both hold. */
export function nearestIds(name: string, ids: readonly string[], count = 3): readonly string[] {
  const wanted = groups(name);
  return ids
    .map((id) => ({ id, likeness: likeness(wanted, groups(id)) }))
    .filter((each) => each.likeness >= minLikeness)
    .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}

function groups(name: string): ReadonlySet<string> {
  const text = ` ${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim()} `;
  return new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, index) => text.slice(index, index + 3)));
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((group) => other.has(group)).length;
  return (2 * common) / Math.max(1, one.size + other.size);
}
