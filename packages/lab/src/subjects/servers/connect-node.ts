/** A program: serves the lab's calls with @connectrpc/connect-node, over a server of node:http2 as its documentation has it. */

import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import type { DescService } from "@bufbuild/protobuf";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { BytesValue } from "@bufbuild/protobuf/wkt";
import { BytesValueSchema } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { describeLab } from "../../drivers/lab-descriptor.ts";
import { pinnedVersion } from "../../drivers/pinned-version.ts";
import type { Answer } from "../serve-lab.ts";
import { serveLab } from "../serve-lab.ts";
import type { ServerOrder } from "../server-order.ts";

const noTimes = "the server of node:http2 has no limits of a connection's time";

await serveLab({
  versions: { "@connectrpc/connect-node": pinnedVersion("@connectrpc/connect-node") },
  cannot: {
    maxConnectionAgeMs: noTimes,
    maxConnectionAgeGraceMs: noTimes,
    maxConnectionIdleMs: noTimes,
    pings: "the server of node:http2 does not count PINGs",
  },
  listen: async (order, answer) => {
    const server = createServer(order, answer);
    const sessions = new Set<http2.ServerHttp2Session>();
    server.on("session", (session: http2.ServerHttp2Session) => {
      sessions.add(session.once("close", () => sessions.delete(session)));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(order.port, "127.0.0.1", () => resolve());
    });
    return {
      port: (server.address() as AddressInfo).port,
      stop: () => new Promise((resolve) => server.close(() => resolve())),
      stopAtOnce: () => sessions.forEach((session) => session.destroy()),
    };
  },
});

function createServer({ tls, settings }: ServerOrder, answer: Answer): http2.Http2Server | http2.Http2SecureServer {
  const adapter = connectNodeAdapter({ routes: (router) => void router.service(describeLab(), implement(answer)) });
  const { maxConcurrentStreams, options } = settings;
  const http2Options = {
    ...(maxConcurrentStreams !== undefined && { settings: { maxConcurrentStreams } }),
    ...options,
  };
  if (tls === undefined) return http2.createServer(http2Options, adapter);
  return http2.createSecureServer({ ...http2Options, cert: tls.certPem, key: tls.keyPem }, adapter);
}

function implement(answer: Answer): Partial<ServiceImpl<DescService>> {
  const answers = (
    kind: Parameters<Answer>[0],
    requests: AsyncIterable<BytesValue>,
    { requestHeader }: HandlerContext,
  ): AsyncGenerator<BytesValue> =>
    asMessages(answer(kind, asBytes(requests), (name) => requestHeader.get(name) ?? undefined));
  return {
    call: (request: BytesValue, context: HandlerContext) => first(answers("unary", one(request), context)),
    serverStream: (request: BytesValue, context: HandlerContext) => answers("server-streaming", one(request), context),
    clientStream: (requests: AsyncIterable<BytesValue>, context: HandlerContext) =>
      first(answers("client-streaming", requests, context)),
    bidiStream: (requests: AsyncIterable<BytesValue>, context: HandlerContext) =>
      answers("bidi-streaming", requests, context),
    // The methods of a descriptor that was not generated have no types.
  } as object;
}

async function* one(request: BytesValue): AsyncGenerator<BytesValue> {
  yield request;
}

async function* asBytes(requests: AsyncIterable<BytesValue>): AsyncGenerator<Uint8Array> {
  for await (const request of requests) yield toBinary(BytesValueSchema, request);
}

async function* asMessages(answers: AsyncIterable<Uint8Array>): AsyncGenerator<BytesValue> {
  for await (const bytes of answers) yield fromBinary(BytesValueSchema, bytes);
}

async function first(answers: AsyncGenerator<BytesValue>): Promise<BytesValue> {
  for await (const message of answers) return message;
  throw new Error("a call of one answer got none");
}
