/**
 * Which part of every literal the scanner looks for. All windows are as long as the shortest literal; a good set of them
 * has blocks that texts seldom hold and that many literals share, for every block in the table shortens jumps.
 */

/** Bytes that the scanner reads at a time. */
export const blockBytes = 4;

/** A window tried in vain costs more than a shorter jump. Any number from 3 to 100 does, 10 is a little quicker. */
const lastBlockWeight = 10;

/** Commonest first in logs; what is not here (capitals, digits, marks) is rarer. Only the order matters, and roughly. */
const commonFirst = " etaoinsrlcdupmhgfybvwkxqjz";
const weightOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  const rank = commonFirst.indexOf(String.fromCharCode(byte));
  return rank < 0 ? 2 : commonFirst.length - rank + 2;
});

/**
 * The place of each literal's window, in bytes. `slotOf` says which entry of the scanner's table, below `slots`, a block
 * takes. The build runs it, and every start with records of one's own: it allocates next to nothing and reads every block once.
 */
export function chooseWindows(
  literals: readonly Uint8Array[],
  windowBytes: number,
  slotOf: (block: number) => number,
  slots: number,
): Int32Array {
  const places = new Int32Array(literals.length);
  const taken = new Uint8Array(slots);
  const common = timesOfBlocks(literals, slotOf, slots);
  // Short literals have least to choose from, so they go first and the others join them where they can.
  const order = [...literals.keys()].sort((a, b) => (literals[a]?.length ?? 0) - (literals[b]?.length ?? 0) || a - b);
  for (const index of order) {
    const literal = literals[index];
    if (literal === undefined) continue;
    const view = new DataView(literal.buffer, literal.byteOffset, literal.length);
    const place = cheapestWindow(literal, view, windowBytes, { taken, common, slotOf });
    places[index] = place;
    for (let at = place; at + blockBytes <= place + windowBytes; at++) taken[slotOf(view.getInt32(at, true))] = 1;
  }
  return places;
}

/** How often the literals hold each block: what they have in common (`request`, `connection`) all logs are full of. */
function timesOfBlocks(literals: readonly Uint8Array[], slotOf: (block: number) => number, slots: number): Uint16Array {
  const times = new Uint16Array(slots);
  for (const literal of literals) {
    const view = new DataView(literal.buffer, literal.byteOffset, literal.length);
    for (let at = 0; at + blockBytes <= literal.length; at++) {
      const slot = slotOf(view.getInt32(at, true));
      times[slot] = (times[slot] ?? 0) + 1;
    }
  }
  return times;
}

interface Blocks {
  readonly taken: Uint8Array;
  readonly common: Uint16Array;
  readonly slotOf: (block: number) => number;
}

/**
 * Where the blocks of the window are least to be expected in a text. Those that are in the table anyway cost nothing, but
 * for the last one: where that stands, every literal that shares it is compared.
 */
function cheapestWindow(
  literal: Uint8Array,
  view: DataView,
  windowBytes: number,
  { taken, common, slotOf }: Blocks,
): number {
  const blocks = windowBytes - blockBytes + 1;
  const costs = new Float64Array(literal.length - blockBytes + 1);
  let best = 0;
  let bestCost = Infinity;
  let cost = 0;
  for (let at = 0; at < costs.length; at++) {
    let expected = 1;
    for (let i = at; i < at + blockBytes; i++) expected *= weightOfByte[literal[i] ?? 0] ?? 1;
    const slot = slotOf(view.getInt32(at, true));
    const fresh = taken[slot] === 0 ? expected : 0;
    costs[at] = fresh;
    cost += fresh - (costs[at - blocks] ?? 0);
    const whole = cost + lastBlockWeight * expected * (common[slot] ?? 1);
    if (at < blocks - 1 || whole >= bestCost) continue;
    bestCost = whole;
    best = at - blocks + 1;
  }
  return best;
}
