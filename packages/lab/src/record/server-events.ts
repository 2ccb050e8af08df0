/** Owns the events that a scripted peer cannot tell truly: what real servers say about methods, handlers, limits and their end. */

import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import type { RunningServer, WireEvent } from "./wire-event.ts";

type Handler = grpc.handleUnaryCall<Buffer, Buffer>;

const same = (bytes: Buffer): Buffer => bytes;
const method = {
  path: "/shop.v1.Orders/Get",
  requestStream: false,
  responseStream: false,
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
} as const;
/** Long enough for a client that was just started to be in its call. */
const inCallMs = 1_500;

/** A server with the one handler; `whenCalled` gets the server when the handler runs. */
function grpcJs(handle: Handler, options: grpc.ServerOptions = {}, stop?: (server: grpc.Server) => void) {
  return async (): Promise<RunningServer> => {
    const server = new grpc.Server(options);
    server.addService(
      { get: method },
      {
        get: (call: Parameters<Handler>[0], answer: Parameters<Handler>[1]) => {
          if (stop !== undefined) void sleep(100).then(() => stop(server));
          handle(call, answer);
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    return {
      port,
      close: () => {
        server.forceShutdown();
        return Promise.resolve([]);
      },
    };
  };
}

const recorders = process.env["HOLDFAST_RECORDERS"] ?? ".";
const grpcio = (act: string) => otherServer(`${recorders}/python/bin/python`, [`${recorders}/server.py`, act]);
const grpcGo = (act: string) => otherServer(`${recorders}/server-go`, [act]);

/** A server program of another language: prints its port, then does what its argument says. */
function otherServer(command: string, args: readonly string[]) {
  return (): Promise<RunningServer> => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000, // a server ends by itself
    });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.stdout.once("data", (line: Buffer) =>
        resolve({
          port: Number(line.toString()),
          close: () => {
            child.kill("SIGKILL");
            return Promise.resolve([]);
          },
        }),
      );
    });
  };
}

const never: Handler = () => {};
const cancelAll = { label: "ccore/cancelling-all-calls", also: ["http2/goaway-error-code"] };
/** A client sees UNKNOWN and words, and cannot know whether the handler chose them. */
const handlerFailed = { label: "server/handler-failed", also: ["grpc/status-from-server"] };
const tooLarge = { label: "grpc/message-too-large" };

const withoutPython: readonly WireEvent[] = [
  {
    id: "grpc-js server, unknown method",
    label: "server/unimplemented",
    order: { method: "/shop.v1.Orders/Forget" },
    serve: grpcJs(never),
  },
  {
    id: "grpc-js server, handler throws",
    ...handlerFailed,
    serve: grpcJs(() => {
      throw new TypeError("Cannot read properties of undefined (reading 'price')");
    }),
  },
  {
    id: "grpc-js server, handler gives an error without a code",
    ...handlerFailed,
    serve: grpcJs((_, answer) => answer(new Error("stock table is empty"))),
  },
  {
    id: "grpc-js server, request above its limit",
    ...tooLarge,
    order: { requestBytes: 5_000 },
    serve: grpcJs(never, { "grpc.max_receive_message_length": 1_000 }),
  },
  {
    id: "grpc-js server, forceShutdown",
    label: "grpcjs/force-shutdown-cancelled",
    also: ["http2/rst-cancel-from-server", "http2/goaway-error-code", "grpc/goaway-then-connection-closed"],
    order: { deadlineMs: 5_000 },
    serve: grpcJs(never, {}, (server) => server.forceShutdown()),
  },
  {
    id: "grpc-js server, age and grace",
    label: "server/max-connection-age-grace-kill",
    also: ["grpc/goaway-then-connection-closed", "grpcjs/goaway-then-tcp-reset-internal-0"],
    order: { deadlineMs: 8_000 },
    serve: grpcJs(never, { "grpc.max_connection_age_ms": inCallMs, "grpc.max_connection_age_grace_ms": 300 }),
    by: {
      "connect-node": {
        label: "server/max-connection-age-grace-kill",
        also: [
          "grpc/goaway-then-connection-closed",
          "connect/connection-drop-mislabelled",
          "connect/promise-never-settles",
        ],
      },
    },
  },
];

const python: readonly WireEvent[] = [
  {
    id: "grpcio server, unknown method",
    label: "server/unimplemented",
    order: { method: "/shop.v1.Orders/Forget" },
    serve: grpcio("serve"),
  },
  { id: "grpcio server, handler raises", label: "server/handler-failed", serve: grpcio("raise") },
  { id: "grpcio server, request above its limit", ...tooLarge, order: { requestBytes: 5_000 }, serve: grpcio("limit") },
  {
    id: "grpcio server, stop(0) in a call",
    ...cancelAll,
    order: { deadlineMs: 8_000 },
    serve: grpcio("stop-at-once"),
  },
  {
    id: "grpcio server, killed in a call",
    label: "tcp/fin-inflight",
    also: ["server/abrupt-stop", "tcp/reset-inflight"],
    order: { deadlineMs: 8_000 },
    serve: grpcio("kill"),
    by: {
      "connect-node": {
        label: "tcp/fin-inflight",
        also: ["server/abrupt-stop", "tcp/reset-inflight", "connect/connection-drop-mislabelled"],
      },
      tonic: {
        label: "tcp/fin-inflight",
        also: ["server/abrupt-stop", "tcp/reset-inflight", "tonic/transport-error-unknown-or-cancelled"],
      },
    },
  },
  {
    id: "grpcio server, pinged too often",
    label: "http2/enhance-your-calm-too-many-pings",
    order: { keepaliveMs: 500, deadlineMs: 12_000 },
    only: ["grpc-js", "nice-grpc", "connect-node", "tonic"],
    serve: grpcio("hang"),
    by: {
      tonic: {
        label: "http2/enhance-your-calm-too-many-pings",
        also: ["tonic/transport-error-unknown-or-cancelled"],
      },
    },
  },
];

const abrupt = {
  label: "server/abrupt-stop",
  also: ["tcp/fin-inflight", "tcp/reset-inflight", "grpc/goaway-then-connection-closed"],
};
const abruptBy = {
  "connect-node": { label: abrupt.label, also: [...abrupt.also, "connect/connection-drop-mislabelled"] },
  tonic: { label: abrupt.label, also: [...abrupt.also, "tonic/transport-error-unknown-or-cancelled"] },
};
const grown = { label: "server/max-connection-age-grace-kill", also: ["grpc/goaway-then-connection-closed"] };

const go: readonly WireEvent[] = [
  {
    id: "grpc-go server, unknown method",
    label: "server/unimplemented",
    order: { method: "/shop.v1.Orders/Forget" },
    serve: grpcGo("serve"),
    except: ["connect-node"], // calls methods that it has a descriptor of
  },
  {
    id: "grpc-go server, unknown service",
    label: "server/unimplemented",
    order: { method: "/shop.v1.Invoices/Get" },
    serve: grpcGo("serve"),
    except: ["connect-node"],
  },
  { id: "grpc-go server, handler returns a plain error", ...handlerFailed, serve: grpcGo("error") },
  { id: "grpc-go server, handler panics", ...abrupt, serve: grpcGo("panic"), by: abruptBy },
  {
    id: "grpc-go server, Stop in a call",
    ...abrupt,
    order: { deadlineMs: 8_000 },
    serve: grpcGo("stop"),
    by: abruptBy,
  },
  {
    id: "grpc-go server, request above its limit",
    ...tooLarge,
    order: { requestBytes: 5_000 },
    serve: grpcGo("limit"),
  },
  {
    id: "grpc-go server, age and grace",
    ...grown,
    order: { deadlineMs: 8_000 },
    serve: grpcGo("age"),
    by: {
      "connect-node": {
        label: grown.label,
        also: [...grown.also, "connect/connection-drop-mislabelled", "connect/promise-never-settles"],
      },
      tonic: { label: grown.label, also: [...grown.also, "tonic/transport-error-unknown-or-cancelled"] },
    },
  },
];

export const serverEvents: readonly WireEvent[] = [
  ...withoutPython,
  ...(process.env["HOLDFAST_RECORDERS"] === undefined ? [] : [...python, ...go]),
];
