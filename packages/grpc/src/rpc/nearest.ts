/** The known name that was probably meant: the same but for case and separators, or within two slips of the finger. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = plainOf(name);
  const slips = (candidate: string): number => distance(plain, plainOf(candidate));
  const best = known.toSorted((a, b) => slips(a) - slips(b))[0];
  return best !== undefined && slips(best) <= Math.min(2, best.length / 3) ? best : undefined;
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, "");
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] as number;
}
