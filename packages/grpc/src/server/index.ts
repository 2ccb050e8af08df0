/** `@holdfast/grpc/server`: a gRPC server that can leave without losing a call. */

import { nodeHost } from "../host/node/node-host.ts";
import type { Host } from "../host/host.ts";
import { createServer as createServerOn, type Server, type ServerOptions as OptionsWithHost } from "./server.ts";

export type ServerOptions = Omit<OptionsWithHost, "host"> & {
  /** The process to live in. Default: this one, `nodeHost()`. */
  readonly host?: Host;
};

/** Makes a server; it starts with `listen`. */
export function createServer(options: ServerOptions = {}): Server {
  return createServerOn({ ...options, host: options.host ?? nodeHost() });
}

export type { CallContext, Peer } from "./call-context.ts";
export type { ServerConnectionOptions, ServerKeepaliveOptions } from "./connection-options.ts";
export type { DrainListener, DrainResult } from "./drain.ts";
export type {
  BidiStreamingHandler,
  ClientStreamingHandler,
  HandlerOfKind,
  Handlers,
  ServerStreamingHandler,
  UnaryHandler,
} from "./handlers.ts";
export type { ListenTarget } from "./listen-address.ts";
export { ListenError } from "./listen-error.ts";
export type { PlainHandler, PlainRequest, PlainResponse } from "./plain-handler.ts";
export type { DrainOptions, Listening, ListenOptions, Server } from "./server.ts";
