/** A program: drives the gRPC transport of @connectrpc/connect-node. It has no retry policy. */

import { createFileRegistry, create } from "@bufbuild/protobuf";
import type { DescMethodUnary } from "@bufbuild/protobuf";
import { BytesValueSchema, file_google_protobuf_wrappers, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { callPayload } from "../call-message.ts";
import type { DrivenClient, DriverOrder } from "./driver.ts";
import { drive } from "./driver.ts";

await drive(connect);

function connect(order: DriverOrder): DrivenClient {
  const transport = createGrpcTransport(
    order.caPem === undefined
      ? { baseUrl: `http://127.0.0.1:${order.port}` }
      : { baseUrl: `https://127.0.0.1:${order.port}`, nodeOptions: { ca: order.caPem } },
  );
  const method = describeMethod();
  return {
    call: async (callId) => {
      const request = create(BytesValueSchema, { value: callPayload(callId, order.requestBytes) });
      await transport.unary(method, undefined, order.deadlineMs, undefined, request);
    },
    failureOf: (error) => {
      const { code, rawMessage } = ConnectError.from(error);
      return { code: grpcSpelling(code), detail: rawMessage };
    },
    close: () => {},
  };
}

/** The lab's one method as a descriptor, written out here so that no code has to be generated for it. */
function describeMethod(): DescMethodUnary<typeof BytesValueSchema, typeof BytesValueSchema> {
  const file = create(FileDescriptorProtoSchema, {
    name: "holdfast/lab/v1/lab.proto",
    package: "holdfast.lab.v1",
    syntax: "proto3",
    dependency: ["google/protobuf/wrappers.proto"],
    service: [
      {
        name: "Lab",
        method: [{ name: "Call", inputType: ".google.protobuf.BytesValue", outputType: ".google.protobuf.BytesValue" }],
      },
    ],
  });
  const registry = createFileRegistry(file, () => file_google_protobuf_wrappers);
  const method = registry.getService("holdfast.lab.v1.Lab")?.method["call"];
  if (method === undefined) throw new Error("the descriptor of the lab's service lost its method");
  return method as DescMethodUnary<typeof BytesValueSchema, typeof BytesValueSchema>;
}

/** `DeadlineExceeded` is DEADLINE_EXCEEDED, `Canceled` is CANCELLED. */
function grpcSpelling(code: Code): string {
  if (code === Code.Canceled) return "CANCELLED";
  return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
