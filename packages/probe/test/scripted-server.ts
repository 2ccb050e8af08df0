/** A TCP or TLS server on a free port of 127.0.0.1 whose every connection is played by a script: for peers that misbehave. */

import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

export interface ScriptedServer {
  readonly port: number;
  close(): Promise<void>;
}

/** The script gets each connection; errors of a socket are not its business. */
export async function scriptedServer(play: (socket: Socket) => void, tls?: TlsOptions): Promise<ScriptedServer> {
  const open = new Set<Socket>();
  const accept = (socket: Socket): void => {
    open.add(socket);
    socket.setNoDelay();
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    play(socket);
  };
  const server: Server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
