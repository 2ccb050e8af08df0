/** A program: one call with the gRPC transport of @connectrpc/connect-node. */

import { create, createFileRegistry } from "@bufbuild/protobuf";
import type { DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import { BytesValueSchema, file_google_protobuf_wrappers, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { createGrpcTransport } from "@connectrpc/connect-node";
import type { ProgramOrder, Recorded } from "./program.ts";
import { defaultDeadlineMs, record } from "./program.ts";

type Bytes = typeof BytesValueSchema;

await record(open);

function open(order: ProgramOrder): Recorded {
  const scheme = (order.tls ?? "plain") === "plain" ? "http" : "https";
  const transport = createGrpcTransport({
    baseUrl: `${scheme}://${order.target}`,
    ...(order.tls === "trust" && order.caPem !== undefined && { nodeOptions: { ca: order.caPem } }),
    ...(order.keepaliveMs !== undefined && {
      pingIntervalMs: order.keepaliveMs,
      pingTimeoutMs: order.keepaliveMs,
    }),
    ...(order.maxReceiveBytes !== undefined && { readMaxBytes: order.maxReceiveBytes }),
  });
  const { get, watch } = describeService();
  const request = create(BytesValueSchema, { value: new Uint8Array(order.requestBytes ?? 4).fill(7) });
  const timeoutMs = order.deadlineMs ?? defaultDeadlineMs;
  return {
    call: async (signal) => {
      if (order.call !== "server-stream") {
        await transport.unary(get, signal, timeoutMs, undefined, request);
        return;
      }
      const requests = (async function* () {
        yield request;
      })();
      const answer = await transport.stream(watch, signal, timeoutMs, undefined, requests);
      for await (const _ of answer.message);
    },
    close: () => {},
  };
}

/** The service as a descriptor, written out so that no code has to be generated for it. */
function describeService(): { get: DescMethodUnary<Bytes, Bytes>; watch: DescMethodServerStreaming<Bytes, Bytes> } {
  const bytesValue = ".google.protobuf.BytesValue";
  const file = create(FileDescriptorProtoSchema, {
    name: "shop/v1/orders.proto",
    package: "shop.v1",
    syntax: "proto3",
    dependency: ["google/protobuf/wrappers.proto"],
    service: [
      {
        name: "Orders",
        method: [
          { name: "Get", inputType: bytesValue, outputType: bytesValue },
          { name: "Watch", inputType: bytesValue, outputType: bytesValue, serverStreaming: true },
        ],
      },
    ],
  });
  const methods = createFileRegistry(file, () => file_google_protobuf_wrappers).getService("shop.v1.Orders")?.method;
  const [get, watch] = [methods?.["get"], methods?.["watch"]];
  if (get === undefined || watch === undefined) throw new Error("the descriptor lost a method");
  return { get: get as DescMethodUnary<Bytes, Bytes>, watch: watch as DescMethodServerStreaming<Bytes, Bytes> };
}
