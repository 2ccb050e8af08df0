/** V8's profiles as tables: own time by function, and bytes by the function that allocated them. */
const rows = 30;

export function cpuTable({ nodes, samples, timeDeltas }, calls) {
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const micros = new Map();
  let total = 0;
  for (const [i, id] of samples.entries()) {
    const where = place(nodeById.get(id).callFrame);
    if (where === "(idle)") continue;
    micros.set(where, (micros.get(where) ?? 0) + timeDeltas[i]);
    total += timeDeltas[i];
  }
  return tableOf(micros, total, calls, "µs per call");
}

export function allocationTable({ head }, calls) {
  const bytes = new Map();
  let total = 0;
  const visit = (node) => {
    const where = place(node.callFrame);
    bytes.set(where, (bytes.get(where) ?? 0) + node.selfSize);
    total += node.selfSize;
    for (const child of node.children) visit(child);
  };
  visit(head);
  return tableOf(bytes, total, calls, "bytes allocated per call");
}

function place({ functionName, url, lineNumber }) {
  const file = url.replace(/^.*\/(?:dist|bench|node_modules)\//, "");
  return `${functionName === "" ? "(anonymous)" : functionName}${file === "" ? "" : ` ${file}:${lineNumber + 1}`}`;
}

function tableOf(amounts, total, calls, unit) {
  const sorted = [...amounts].sort(([, a], [, b]) => b - a).slice(0, rows);
  const lines = sorted.map(([where, amount]) => {
    const share = ((amount / total) * 100).toFixed(1); // as percent
    return `${(amount / calls).toFixed(2).padStart(9)} ${share.padStart(5)} %  ${where}`;
  });
  return [`   ${(total / calls).toFixed(2)} ${unit}`, ...lines].join("\n");
}
