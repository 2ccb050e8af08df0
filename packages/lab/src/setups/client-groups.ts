/** Owns which clients have what in common, for experiments whose event or treatment is not the same for all. */

import type { ClientId } from "../experiment/experiment.ts";
import { clientIds } from "../experiment/experiment.ts";

/** Whether a client stands on the HTTP/2 of Node, with what that does to connections. */
export function isOnNodeHttp2(client: ClientId): boolean {
  return ["grpc-js", "nice-grpc", "connect-node", "node-http2", "undici"].includes(client);
}

/** Those that take channel arguments as C-core names them. */
export const withChannelArguments = ["grpc-js", "nice-grpc", "grpcio"] as const satisfies readonly ClientId[];

/** All but those named. */
export function without(...left: readonly ClientId[]): readonly ClientId[] {
  return clientIds.filter((client) => !left.includes(client));
}

/** Those whose calls carry gRPC statuses: all but code that speaks HTTP/2 itself. */
export const grpcLibraries = [
  "grpc-js",
  "nice-grpc",
  "connect-node",
  "holdfast",
  "grpcio",
  "grpc-go",
  "grpc-java",
  "tonic",
] as const satisfies readonly ClientId[];

/** The same, for failures by a time limit or a cancel: nice-grpc has only the caller's own signal for both, and prints its reason. */
export const withoutNiceGrpc = grpcLibraries.filter((client) => client !== "nice-grpc");

/** Those that send PING as often as they are told; Go, Java and Holdfast raise an interval below 10 s to 10 s (gRFC A8). */
export const pingAsTold = [
  "grpc-js",
  "nice-grpc",
  "connect-node",
  "grpcio",
  "tonic",
] as const satisfies readonly ClientId[];
