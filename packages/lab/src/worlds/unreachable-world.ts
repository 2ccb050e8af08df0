/** Owns the world of a server that has stopped listening, for a while or for good. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import { frameType } from "../peer/frame.ts";
import { Peer } from "../peer/peer.ts";
import { wellBehaved } from "../peer/peer-script.ts";

/** The server stops so long after its first request: the warm-up has been answered and read by then, on a busy machine too. */
const stopsAfterMs = 250;

/** An address of this machine's loopback that no other program uses, so that nobody takes the port while it is free. */
const host = "127.77.0.1";
/** Below the ports that the system gives out; processes side by side have a hundred each. */
const firstPort = 20_000 + (process.pid % 100) * 100;

/** A server that answers the warm-up, stops, and listens again `returnsAfterMs` later, if ever. */
export async function unreachableWorld(trial: Trial, returnsAfterMs: number | "never"): Promise<World> {
  const at = { host, port: firstPort + (trial.number % 100) };
  const notes: string[] = [];
  const second = new Peer({ scriptOf: () => wellBehaved });
  let timer: NodeJS.Timeout | undefined;
  let started: Promise<void> = Promise.resolve();
  const comeBack = (): void => {
    started = second.start(at).catch((error: unknown) => void notes.push(String(error)));
  };
  const stop = (): void => {
    void first.close();
    if (returnsAfterMs !== "never") timer = setTimeout(comeBack, returnsAfterMs);
  };
  const first = new Peer({
    scriptOf: () => ({
      play: (connection) =>
        connection.onFrame(({ type }) => {
          if (type === frameType.HEADERS) timer ??= setTimeout(stop, stopsAfterMs);
        }),
    }),
  });
  await first.start(at);
  return {
    target: `${at.host}:${at.port}`,
    executions: (callId) => first.ledger.executions(callId) + second.ledger.executions(callId),
    notes,
    [Symbol.asyncDispose]: async () => {
      clearTimeout(timer);
      await started;
      await first.close();
      await second.close();
    },
  };
}
