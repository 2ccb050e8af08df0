/** An input changed a little: octets, frames and steps flipped, left out, doubled, moved, or taken from another input. */

import { frameHeaderBytes } from "../../peer/frame.ts";
import type { Dice } from "../dice.ts";
import { acts, type FuzzInput, type FuzzStep } from "../input.ts";
import { someFrame } from "./frames.ts";
import { headerBlock, someFields } from "./header-block.ts";

/** Longer inputs say nothing that shorter ones do not, and take longer. */
const maxSteps = 120;

export function mutate(dice: Dice, input: FuzzInput, other: FuzzInput): FuzzInput {
  const steps = [...input.steps];
  for (let change = dice.between(1, 6); change > 0; change--) {
    const at = dice.below(steps.length + 1);
    const step = steps[at];
    switch (dice.below(9)) {
      case 0:
        steps.splice(at, dice.between(1, 3));
        break;
      case 1:
        if (step !== undefined) steps.splice(dice.below(steps.length + 1), 0, step);
        break;
      case 2:
        steps.splice(at, 0, { kind: "act", act: dice.pick(acts) });
        break;
      case 3:
        steps.splice(at, 0, { kind: "wait", ms: dice.pick([1, 25, 1_000, 20_000, 120_000, 400_000]) });
        break;
      case 4:
        steps.splice(at, 0, newBytes(dice, input.role));
        break;
      case 5: {
        const start = dice.below(other.steps.length + 1);
        steps.splice(at, 0, ...other.steps.slice(start, start + dice.between(1, 10)));
        break;
      }
      default:
        if (step?.kind === "bytes") steps[at] = { kind: "bytes", bytes: mutateBytes(dice, step.bytes) };
    }
  }
  return { role: input.role, steps: steps.slice(0, maxSteps) };
}

/** A recording as steps: each frame by itself, so that frames can be moved and left out. */
export function stepsOfFrames(bytes: Uint8Array, from: "client" | "server"): readonly FuzzStep[] {
  const view = Buffer.from(bytes);
  const steps: FuzzStep[] = [];
  // RFC 9113 §3.4: a client's preface has 24 octets.
  let at = from === "client" ? 24 : 0;
  if (at > 0) steps.push({ kind: "bytes", bytes: view.subarray(0, at) });
  while (at < view.length) {
    const length = view.length - at < frameHeaderBytes ? view.length - at : frameHeaderBytes + view.readUIntBE(at, 3);
    steps.push({ kind: "bytes", bytes: view.subarray(at, at + length) });
    at += length;
  }
  return steps;
}

function newBytes(dice: Dice, role: FuzzInput["role"]): FuzzStep {
  if (role === "decoder") return { kind: "bytes", bytes: headerBlock(dice, someFields(dice, "client")) };
  return { kind: "bytes", bytes: someFrame(dice, role === "client" ? "server" : "client") };
}

function mutateBytes(dice: Dice, bytes: Uint8Array): Uint8Array {
  const changed = Buffer.from(bytes);
  if (changed.length === 0) return dice.bytes(1);
  const at = dice.below(changed.length);
  switch (dice.below(6)) {
    case 0:
      changed[at] = dice.below(256);
      return changed;
    case 1:
      changed[at] = (changed[at] ?? 0) ^ (1 << dice.below(8));
      return changed;
    case 2:
      return Buffer.concat([changed.subarray(0, at), dice.bytes(dice.between(1, 12)), changed.subarray(at)]);
    case 3:
      return Buffer.concat([changed.subarray(0, at), changed.subarray(at + dice.between(1, 12))]);
    case 4:
      // The length, type, flags or stream of the frame header.
      changed[Math.min(dice.below(frameHeaderBytes), changed.length - 1)] = dice.pick([
        0, 1, 4, 5, 8, 0x25, 0x7f, 0x80, 0xff,
      ]);
      return changed;
    default:
      return changed.subarray(0, at);
  }
}
