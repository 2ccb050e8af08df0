/** The arguments of `npm run matrix`: `--nodes 20,24`, then a command, with or without `--` before it. */

/** @returns {{ nodes: string[], command?: string[], fault?: string }} */
export function parseMatrix(args, known) {
  let nodes = known;
  const rest = [...args];
  if (rest[0] === "--nodes") {
    nodes = (rest[1] ?? "").split(",");
    rest.splice(0, 2);
  }
  if (rest[0] === "--") rest.shift();
  else if (rest[0]?.startsWith("-"))
    return { nodes: [], fault: `unknown option ${rest[0]}; there is --nodes ${known.join(",")}` };
  const stranger = nodes.find((node) => !known.includes(node));
  if (stranger !== undefined) return { nodes: [], fault: `no Node "${stranger}" here; there are ${known.join(", ")}` };
  return rest.length === 0 ? { nodes } : { nodes, command: rest };
}
