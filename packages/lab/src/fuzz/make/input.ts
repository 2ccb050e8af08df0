/** New inputs, made of nothing but chance; `mutate.ts` makes them of others. */

import type { Dice } from "../dice.ts";
import { acts, type FuzzInput, type FuzzStep, roles } from "../input.ts";
import { greeting, someFrame } from "./frames.ts";
import { headerBlock, someFields } from "./header-block.ts";

/** What is not the peer's first bytes is most often heard only behind them. */
const usuallyGreeted = 0.9;

export function makeInput(dice: Dice): FuzzInput {
  const role = dice.pick(roles);
  if (role === "decoder") return { role, steps: blocks(dice) };
  const from = role === "client" ? "server" : "client";
  const steps: FuzzStep[] = dice.chance(usuallyGreeted) ? greeting(dice, from).map(arrives) : [];
  if (dice.chance(0.1)) steps.push(arrives(dice.bytes(dice.below(2_000))));
  for (let count = dice.below(30); count > 0; count--) steps.push(someStep(dice, from));
  return { role, steps };
}

function someStep(dice: Dice, from: "client" | "server"): FuzzStep {
  const roll = dice.below(10);
  if (roll === 0) return { kind: "wait", ms: dice.pick([0, 1, 10, 1_000, 20_000, 400_000]) };
  if (roll < 4) return { kind: "act", act: dice.pick(acts) };
  if (roll < 9) return arrives(someFrame(dice, from));
  // Several at once, as one read of a socket brings them.
  return arrives(Buffer.concat(Array.from({ length: dice.between(2, 20) }, () => someFrame(dice, from))));
}

/** Blocks come again, as they do on a connection; between them the table may change its size. */
function blocks(dice: Dice): readonly FuzzStep[] {
  const some = Array.from({ length: dice.between(1, 4) }, () => headerBlock(dice, someFields(dice, "client")));
  return Array.from({ length: dice.between(1, 20) }, (): FuzzStep => {
    if (dice.chance(0.1)) return { kind: "table", bytes: dice.pick([0, 40, 4_096, 8_192]) };
    return arrives(dice.chance(0.7) ? dice.pick(some) : headerBlock(dice, someFields(dice, "server")));
  });
}

function arrives(bytes: Uint8Array): FuzzStep {
  return { kind: "bytes", bytes };
}
