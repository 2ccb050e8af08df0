/**
 * Which part of every literal the scanner looks for. All windows are as long as the shortest literal; a good set of them
 * has blocks that texts seldom hold and that many literals share, for every block in the table shortens jumps.
 */

/** Bytes that the scanner reads at a time. */
export const blockBytes = 4;

/** Commonest first in logs; what is not here (capitals, digits, marks) is rarer. Only the order matters, and roughly. */
const commonFirst = " etaoinsrlcdupmhgfybvwkxqjz";

/** The place of each literal's window, in bytes. */
export function chooseWindows(literals: readonly Uint8Array[], windowBytes: number): readonly number[] {
  const places = new Array<number>(literals.length).fill(0);
  const taken = new Set<number>();
  // Short literals have least to choose from, so they go first and the others join them where they can.
  const order = [...literals.keys()].sort((a, b) => (literals[a]?.length ?? 0) - (literals[b]?.length ?? 0) || a - b);
  for (const index of order) {
    const literal = literals[index];
    if (literal === undefined) continue;
    const place = cheapestWindow(literal, windowBytes, taken);
    places[index] = place;
    for (let at = place; at + blockBytes <= place + windowBytes; at++) taken.add(blockAt(literal, at));
  }
  return places;
}

function cheapestWindow(literal: Uint8Array, windowBytes: number, taken: ReadonlySet<number>): number {
  // How often a block is expected, or nothing when it is in the table anyway.
  const costs: number[] = [];
  for (let at = 0; at + blockBytes <= literal.length; at++) {
    costs.push(taken.has(blockAt(literal, at)) ? 0 : expectedness(literal, at));
  }
  let best = 0;
  let bestCost = Infinity;
  for (let place = 0; place + windowBytes <= literal.length; place++) {
    let cost = 0;
    // A block near the window's end shortens jumps more than one at its beginning.
    for (let i = 0; i <= windowBytes - blockBytes; i++) cost += (costs[place + i] ?? 0) * (i + 1);
    if (cost >= bestCost) continue;
    bestCost = cost;
    best = place;
  }
  return best;
}

function expectedness(literal: Uint8Array, at: number): number {
  let product = 1;
  for (let i = at; i < at + blockBytes; i++) {
    const rank = commonFirst.indexOf(String.fromCharCode(literal[i] ?? 0));
    product *= rank < 0 ? 2 : commonFirst.length - rank + 2;
  }
  return product;
}

function blockAt(literal: Uint8Array, at: number): number {
  return new DataView(literal.buffer, literal.byteOffset + at, blockBytes).getInt32(0, true);
}
