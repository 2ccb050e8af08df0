/** The file of our own failures that are known: one line each, the case's id and, behind ` # `, the reason. */

export function readKnownFailing(text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const at = line.indexOf(" # ");
    if (at < 0) throw new Error(`known-failing.txt: no reason in "${line}"`);
    return { id: line.slice(0, at).trim(), reason: line.slice(at + 3).trim() };
  });
}

/**
 * What is wrong with our results, in words: failures that are not known, known ones that pass by now, and lines about cases
 * that are not there. `ran` tells whether a case was to run at all.
 */
export function judge(ours, known, ran = () => true) {
  const isKnown = new Set(known.map(({ id }) => id));
  const byId = new Map();
  for (const result of ours) byId.set(result.id, [...(byId.get(result.id) ?? []), result]);
  const unknown = ours.filter(({ id, fault }) => fault !== undefined && !isKnown.has(id));
  const stale = known.filter(({ id }) => ran(id) && !byId.get(id)?.some(({ fault }) => fault !== undefined));
  return [
    ...unknown.map(({ id, fault }) => `${id}: ${fault}`),
    ...stale.map(({ id }) => `${id}: in known-failing.txt, and ${byId.has(id) ? "passes" : "there is no such case"}`),
  ];
}
