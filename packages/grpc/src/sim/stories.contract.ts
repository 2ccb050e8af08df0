/** Actors that the world's own tests share: a server that echoes, a client that records. */

import { Recorder } from "../host/harness.contract.ts";
import type { ClientTls, Listener, ServerTls } from "../host/host.ts";
import type { SimHost, World } from "./index.ts";

/** Sends back what comes, ends when the peer does; on port 80. */
export function echo(host: SimHost, tls?: ServerTls): Listener {
  return host.listen(
    { address: { kind: "tcp", host: host.address, port: 80 }, ...(tls === undefined ? {} : { tls }) },
    {
      listening: () => {},
      accepted: (socket) => ({
        data: (bytes) => socket.write([bytes.slice()]),
        end: () => socket.end(),
        flushed: () => {},
        closed: () => {},
      }),
      failed: () => {},
      closed: () => {},
    },
  );
}

/** From one host to port 80 of another. */
export function dial(world: World, from: string, to: string, tls?: ClientTls): Recorder {
  const recorder = new Recorder();
  const address = { kind: "tcp", host: world.host(to).address, port: 80 } as const;
  recorder.socket = world.host(from).connect({ address, ...(tls === undefined ? {} : { tls }) }, recorder);
  return recorder;
}
