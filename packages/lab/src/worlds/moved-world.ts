/** Owns a name whose server moves: the address that it led to is given up, and it leads to another. */

import type { MakeWorld } from "../experiment/experiment.ts";
import { DnsServer } from "../fault/dns/dns-server.ts";
import { Peer } from "../peer/peer.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { eventOn } from "./peer-world.ts";

export interface Move {
  /** The old server is gone so long after its first connection, in ms: its port is closed, its connections are reset. */
  readonly goneAfterMs: number;
  /** It says GOAWAY so long after its first connection, in ms, as one with a connection age does. Default: never. */
  readonly goawayAfterMs?: number;
  /** What the name leads to before. Default: the old server alone. */
  readonly before?: "old" | "both";
}

const name = "shop.test";
const oldHost = "127.0.0.1";
const newHost = "127.0.0.2";

export function movedWorld({ goneAfterMs, goawayAfterMs, before = "old" }: Move): MakeWorld {
  return async () => {
    const dns = new DnsServer({ names: { [name]: before === "old" ? [oldHost] : [oldHost, newHost] } });
    await dns.start();
    let timer: NodeJS.Timeout | undefined;
    let oldClosed: Promise<void> | undefined;
    const leave = (): Promise<void> => (oldClosed ??= old.close());
    const old = new Peer({
      scriptOf: eventOn(async (connection) => {
        connection.onCall((call) => connection.finish([call]));
        // The new one is there before the old one leaves, as in a rolling restart.
        dns.move({ [name]: [newHost] });
        timer = setTimeout(() => void leave(), goneAfterMs);
        if (goawayAfterMs === undefined) return;
        await connection.pause(goawayAfterMs);
        connection.goaway("NO_ERROR", connection.newestStreamId, "max_age");
        connection.fin();
      }),
    });
    const next = await onOnePort(old);
    return {
      target: dns.target(name, next.port),
      executions: (callId) => old.ledger.executions(callId) + next.ledger.executions(callId),
      notes: old.notes,
      async [Symbol.asyncDispose]() {
        clearTimeout(timer);
        await Promise.all([leave(), next.close(), dns.close()]);
      },
    };
  };
}

/** A port that is free at the one address may be taken at the other: then another is tried. */
const attempts = 20;

/** Starts the old server, and the new one on the same port of its own address. */
async function onOnePort(old: Peer): Promise<Peer> {
  for (let attempt = 1; ; attempt++) {
    const next = new Peer({ scriptOf: () => wellBehaved });
    await next.start({ host: newHost, port: 0 });
    try {
      await old.start({ host: oldHost, port: next.port });
      return next;
    } catch (error) {
      await next.close();
      if (attempt === attempts) throw error;
    }
  }
}
