/** Whether an input finds something, and the smallest part of it that still does. */

import { Dice } from "./dice.ts";
import type { FuzzInput, FuzzStep } from "./input.ts";
import { BrokenPromise, type Outcome } from "./outcome.ts";
import { runInput } from "./subject.ts";
import { Endless, withinTime } from "./within-time.ts";

export type Judgement =
  | { readonly kind: "sound"; readonly outcome: Outcome }
  | { readonly kind: "finding"; readonly what: string; readonly isEndless?: true };

/** Runs an input whole, and cut into pieces by the dice: both must keep the promises and mean the same. */
export function judge(input: FuzzInput, cutSeed: number): Judgement {
  try {
    const outcome = withinTime(() => runInput(input));
    const dice = new Dice(cutSeed);
    const pieces = withinTime(() => runInput(input, (bytes) => cut(dice, bytes)));
    const most = Math.max(outcome.heard.length, pieces.heard.length);
    for (let at = 0; at < most; at++) {
      const [whole = "nothing", cutUp = "nothing"] = [outcome.heard[at], pieces.heard[at]];
      if (whole === cutUp) continue;
      return { kind: "finding", what: `heard "${whole}" of the whole and "${cutUp}" of the pieces` };
    }
    return { kind: "sound", outcome };
  } catch (error) {
    if (error instanceof Endless) return { kind: "finding", what: error.message, isEndless: true };
    return { kind: "finding", what: inWords(error) };
  }
}

/** Steps left out and bytes cut off as long as the same thing is found. */
export function shrink(input: FuzzInput, what: string, cutSeed: number): FuzzInput {
  const still = (steps: readonly FuzzStep[]): boolean => {
    const judgement = judge({ role: input.role, steps }, cutSeed);
    return judgement.kind === "finding" && kindOf(judgement.what) === kindOf(what);
  };
  let steps = input.steps;
  for (let size = Math.max(1, steps.length >> 1); size >= 1; size = size >> 1) {
    for (let at = 0; at < steps.length;) {
      const fewer = [...steps.slice(0, at), ...steps.slice(at + size)];
      if (still(fewer)) steps = fewer;
      else at += size;
    }
  }
  for (const [at, step] of steps.entries()) {
    if (step.kind !== "bytes") continue;
    for (let length = step.bytes.length >> 1; length >= 1; length = length >> 1) {
      const current = steps[at];
      if (current?.kind !== "bytes" || current.bytes.length <= length) continue;
      const shorter: FuzzStep = { kind: "bytes", bytes: current.bytes.subarray(0, current.bytes.length - length) };
      const changed = steps.map((each, index) => (index === at ? shorter : each));
      if (still(changed)) steps = changed;
    }
  }
  return { role: input.role, steps };
}

function cut(dice: Dice, bytes: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const most = dice.pick([1, 9, 40, 1_000]);
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + dice.between(1, most));
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** The same for the same fault: numbers differ from input to input. */
export function kindOf(what: string): string {
  return what.replace(/\d+/g, "N").split("\n", 2).join(" ");
}

function inWords(error: unknown): string {
  if (error instanceof BrokenPromise) return error.message;
  if (error instanceof Error) return `threw ${error.stack ?? error.message}`;
  return `threw ${String(error)}`;
}
