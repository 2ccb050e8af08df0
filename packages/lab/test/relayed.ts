/** Owns a peer, a relay with faults before it, and a client that knows just enough of HTTP/2 to tell what it sees. */

import type { Fault } from "../src/fault/fault.ts";
import type { Certificate } from "../src/peer/certificate.ts";
import { Peer } from "../src/peer/peer.ts";
import { type PeerScript, wellBehaved } from "../src/peer/peer-script.ts";
import { Relay } from "../src/relay/relay.ts";
import { RawClient } from "./raw-client.ts";

export interface Relayed extends AsyncDisposable {
  readonly peer: Peer;
  readonly relay: Relay;
  readonly client: RawClient;
}

export interface RelayedOptions {
  readonly script?: PeerScript;
  readonly certificate?: Certificate;
  readonly seed?: number;
  /** Hears what reaches the peer. */
  readonly watch?: (bytes: Uint8Array) => void;
}

/** The client's first call, on stream 1, has been answered before this resolves: it counts as a request. */
export async function relayed(faults: readonly Fault[], options: RelayedOptions = {}): Promise<Relayed> {
  const { script = wellBehaved, certificate, seed = 1, watch = () => {} } = options;
  const hear = (from: "client" | "server", bytes: Uint8Array): void => {
    if (from === "client") watch(bytes);
  };
  const peer = new Peer({ scriptOf: () => script, watchOf: () => ({ bytes: hear, ended: () => {} }) });
  await peer.start();
  const relay = new Relay({
    to: { host: "127.0.0.1", port: peer.port },
    faults,
    seed,
    ...(certificate === undefined ? {} : { certificate }),
  });
  await relay.start();
  const client = await RawClient.open(relay.port, certificate?.certPem);
  return {
    peer,
    relay,
    client,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await relay.close();
      await peer.close();
    },
  };
}
