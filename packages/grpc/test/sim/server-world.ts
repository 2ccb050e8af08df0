/** A world with one server and one client, for stories about the server. */

import { fromLatin1, latin1 } from "../../src/http2/bytes.ts";
import { createServer, type Listening, type Server, type ServerOptions } from "../../src/server/index.ts";
import { createWorld, type SimHost, type World } from "../../src/sim/index.ts";
import { RawClient } from "./raw-client.ts";

export interface ServerWorld {
  readonly world: World;
  readonly server: Server;
  readonly serverHost: SimHost;
  readonly client: RawClient;
  /** Another connection, from a host of its own. */
  connect(name: string): RawClient;
  /** Lets time pass until `so`, at most 60 s of it. */
  until(so: () => boolean): Promise<void>;
  /** What a promise settles to, with time passing meanwhile. */
  settled<T>(promise: Promise<T>): Promise<T>;
  /** What `onError` heard. */
  readonly told: unknown[];
}

export const port = 50_051; // gRPC's customary port; nothing else is in this world

/** `prepare` gives the server its handlers. The client is ready when this resolves. */
export async function serverWorld(
  prepare: (server: Server, host: SimHost) => void,
  options: Omit<ServerOptions, "host" | "onError"> & { readonly seed?: number } = {},
): Promise<ServerWorld> {
  const { seed = 1, ...rest } = options;
  const world = createWorld({ seed });
  const serverHost = world.host("server");
  const told: unknown[] = [];
  const server = createServer({ ...rest, host: serverHost, onError: (error) => told.push(error) });
  prepare(server, serverHost);
  const until = (so: () => boolean): Promise<void> => world.run({ until: so, limitMs: world.nowMs + 60_000 });
  const settled = async <T>(promise: Promise<T>): Promise<T> => {
    let over = false;
    promise.then(
      () => (over = true),
      () => (over = true),
    );
    await until(() => over);
    return promise;
  };
  await settled<Listening>(server.listen({ host: serverHost.address, port }));
  const connect = (name: string): RawClient =>
    new RawClient(world.host(name), { kind: "tcp", host: serverHost.address, port });
  const client = connect("client");
  await until(() => client.ready);
  return { world, server, serverHost, client, connect, until, settled, told };
}

export const bytes = fromLatin1;

export function text(message: Uint8Array | undefined): string | undefined {
  return message && latin1(message, 0, message.length);
}
