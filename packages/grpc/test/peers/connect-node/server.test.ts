/** Our client calls a gRPC server of connect-node on node:http2. */
import type { BytesValue } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { once } from "node:events";
import { createServer, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe } from "vitest";
import { ourClientTalksTo } from "../echo/our-client.ts";
import { errorInfo } from "../echo/echo-service.ts";
import { Echo } from "./echo-descriptor.ts";

async function begin(context: HandlerContext): Promise<void> {
  const { requestHeader, responseHeader, responseTrailer, signal } = context;
  for (const name of ["x-text", "x-data-bin"]) {
    const value = requestHeader.get(name);
    if (value !== null) responseHeader.set(name, value);
  }
  responseTrailer.set("x-tail", "end");
  const does = requestHeader.get("x-do");
  if (does === "hang")
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  if (does !== "fail") return;
  const error = new ConnectError("no such item: ü", Code.NotFound);
  error.details = [{ type: "google.rpc.ErrorInfo", value: Uint8Array.from(errorInfo.value) }];
  throw error;
}

const handler = connectNodeAdapter({
  grpc: true,
  grpcWeb: false,
  connect: false,
  routes: (router) => {
    router.service(Echo, {
      unary: async (request, context) => {
        await begin(context);
        return request;
      },
      serverStream: async function* (request, context) {
        await begin(context);
        const count = Number(context.requestHeader.get("x-count"));
        for (let i = 0; i < count; i++) yield request;
      },
      clientStream: async (requests, context) => {
        await begin(context);
        let last: BytesValue | undefined;
        let received = 0;
        for await (last of requests) received++;
        context.responseTrailer.set("x-received", String(received));
        return last ?? {};
      },
      bidi: async function* (requests, context) {
        await begin(context);
        yield* requests;
      },
    });
  },
});

describe("our client calls connect-node", () => {
  let server: Http2Server;
  beforeAll(async () => {
    server = createServer(handler).listen(0, "localhost");
    await once(server, "listening");
  });
  afterAll(() => void server.close());

  ourClientTalksTo(() => ({ port: (server.address() as AddressInfo).port }));
});
