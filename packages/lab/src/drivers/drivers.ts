/** Owns the list of trial drivers: which program makes a client's trials, and why there is none where there is none. */

import { fileURLToPath } from "node:url";
import type { ClientId } from "../experiment/experiment.ts";
import { goProgram, javaProgram, pythonProgram, rustProgram } from "./built-program.ts";

export interface Driver {
  readonly client: ClientId;
  readonly command: string;
  /** Before the order, which comes as the last argument, or on standard input if that is `-`. */
  readonly args: readonly string[];
}

/**
 * `absent`: why this machine, or this checkout, has none. Builds what has to be built: the first time on a machine that may
 * take minutes.
 */
export function driverOf(client: ClientId): Driver | { readonly absent: string } {
  switch (client) {
    case "grpc-js":
    case "nice-grpc":
    case "connect-node":
    case "node-http2":
    case "undici":
    case "holdfast":
      return { client, command: process.execPath, args: [nodeProgram(client)] };
    case "grpcio":
      return { client, ...pythonProgram("trial-driver") };
    case "grpc-go":
      return { client, ...goProgram("driver") };
    case "grpc-java":
      return { client, ...javaProgram() };
    case "tonic":
      return { client, ...rustProgram() };
  }
}

/** Programs run as they are built: also from the sources under a test, where this file is in `src`. */
function nodeProgram(name: string): string {
  return fileURLToPath(new URL(`../../dist/drivers/${name}.js`, import.meta.url));
}
