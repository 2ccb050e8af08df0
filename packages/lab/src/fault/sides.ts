/** Owns which directions a fault of bytes is about. */

import type { Direction } from "./fault.ts";
import { choice } from "./parameter.ts";

const words = ["to-client", "to-server", "both"] as const;
export type Side = (typeof words)[number];

export function side(initial: Side) {
  return choice("which direction: `to-client` is what the server sends", words, initial);
}

export function isOn(chosen: Side, direction: Direction): boolean {
  return chosen === "both" || chosen === direction;
}

/** The directions that are meant. */
export function directionsOf(chosen: Side): readonly Direction[] {
  return chosen === "both" ? ["to-client", "to-server"] : [chosen];
}
