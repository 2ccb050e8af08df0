/** What a viewer may choose before Start, and what is run then. */

import type { DemoPlan, KillStyle } from "@holdfast/lab/demo";

export const killChoices = ["mixed", "term", "kill"] as const satisfies readonly KillStyle[];

/** A restart comes every 2 s: from four of them up to twenty-nine. */
export const secondsChoices = [10, 30, 60] as const;

export interface LiveChoice {
  readonly kill: KillStyle;
  readonly seconds: (typeof secondsChoices)[number];
}

export const firstChoice: LiveChoice = { kill: "mixed", seconds: 30 };

/** `npm start` carries as much, and a failed call stays visible. */
const ratePerS = 200;

export function planOf({ kill, seconds }: LiveChoice, seed: number): DemoPlan {
  const forMs = seconds * 1_000;
  return { server: "holdfast", kill, tls: false, clients: ["holdfast", "grpc-js"], forMs, ratePerS, seed };
}

/** A choice from outside; or what is wrong with it, in words. */
export function readChoice(value: unknown): LiveChoice | string {
  if (typeof value !== "object" || value === null) return "expected an object with kill and seconds";
  const { kill, seconds } = value as Readonly<Record<string, unknown>>;
  const chosenKill = killChoices.find((choice) => choice === kill);
  if (chosenKill === undefined) return `kill: expected one of ${killChoices.join(", ")}`;
  const chosenSeconds = secondsChoices.find((choice) => choice === seconds);
  if (chosenSeconds === undefined) return `seconds: expected one of ${secondsChoices.join(", ")}`;
  return { kill: chosenKill, seconds: chosenSeconds };
}
