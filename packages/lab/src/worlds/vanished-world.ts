/** Owns worlds in which the machine at the other end is gone, or stands still, and TCP does not say so. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import { eventOn, peerWorld } from "./peer-world.ts";

/** The machine is gone `afterMs` after its first connection; later connections reach one that serves every call. */
export function vanishedWorld(trial: Trial, afterMs: number): Promise<World> {
  return peerWorld(
    trial,
    eventOn(async (connection) => {
      await connection.pause(afterMs);
      connection.blackHole();
    }),
  );
}

/** A call that arrives at the first machine is executed there, and then the machine is gone. */
export function vanishedInCallWorld(trial: Trial): Promise<World> {
  return peerWorld(
    trial,
    eventOn(async (connection) => {
      connection.execute(await connection.calls(1));
      connection.blackHole();
    }),
  );
}

export interface Standstill {
  /** After the first connection. */
  readonly fromMs: number;
  readonly forMs: number;
  /** What a handler takes when the process runs. */
  readonly workMs: number;
}

/** One process stands still for a while, with all its connections, and then goes on: a long collection, a throttled CPU. */
export function standstillWorld(trial: Trial, { fromMs, forMs, workMs }: Standstill): Promise<World> {
  let startMs: number | undefined;
  return peerWorld(trial, () => ({
    settings: "none",
    play: async (connection) => {
      startMs ??= performance.now();
      const sinceMs = performance.now() - startMs;
      connection.onCall((call) => connection.finish([call], workMs));
      if (sinceMs < fromMs) {
        connection.greet();
        await connection.pause(fromMs - sinceMs);
        connection.freeze(forMs);
      } else if (sinceMs < fromMs + forMs) {
        connection.freeze(fromMs + forMs - sinceMs);
        connection.greet();
      } else connection.greet();
    },
  }));
}
