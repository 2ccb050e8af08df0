/** Owns the world of a real proxy with a scripted peer behind it; a relay before it keeps the record of a recorded trial. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import { Peer } from "../peer/peer.ts";
import { Relay } from "../relay/relay.ts";
import type { ScriptOf } from "./peer-world.ts";
import type { ProxyProgram } from "./real-proxy.ts";
import { RealProxy } from "./real-proxy.ts";

export interface Proxied {
  /** The servers behind the proxy; the n-th connection that the proxy makes, counted from 1, gets the n-th script. */
  readonly scriptOf: ScriptOf;
  /** What is done to the proxy up to 30 ms after the first counted call has reached the server. Default: nothing. */
  readonly underCall?: (proxy: RealProxy) => void | Promise<void>;
}

export async function proxiedWorld(
  trial: Trial,
  programBefore: (serverPort: number) => ProxyProgram,
  { scriptOf, underCall }: Proxied,
): Promise<World> {
  const server = new Peer({ scriptOf });
  await server.start();
  const proxy = await RealProxy.start(programBefore(server.port)).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const relay = trial.recorded ? new Relay({ to: proxy.place, record: true }) : undefined;
  await relay?.start();
  const notes: string[] = [];
  if (underCall !== undefined) {
    atFirstCall(server, trial.between(0, 30), () =>
      Promise.resolve(underCall(proxy)).catch((error: unknown) => void notes.push(String(error))),
    );
  }
  const { host, port } = proxy.place;
  return {
    target: relay === undefined ? `${host}:${port}` : `127.0.0.1:${relay.port}`,
    executions: (callId) => server.ledger.executions(callId),
    get frames() {
      return relay?.frames ?? [];
    },
    get notes() {
      return [...server.notes, ...notes];
    },
    async [Symbol.asyncDispose]() {
      await relay?.close();
      await proxy[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

function atFirstCall(server: Peer, afterMs: number, act: () => Promise<void>): void {
  server.ledger.onExecute = () => {
    server.ledger.onExecute = () => {};
    setTimeout(() => void act(), afterMs);
  };
}
