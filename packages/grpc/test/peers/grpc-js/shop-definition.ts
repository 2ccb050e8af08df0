/** The Shop service as grpc-js's generators would define it. */

import { Shop } from "@holdfast/lab/shop";
import type { MethodDefinition } from "@grpc/grpc-js";
import { methodsOf } from "../../../src/rpc/service.ts";

type Messages = Record<string, unknown>;

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const shopDefinition: Record<string, MethodDefinition<Messages, Messages>> = Object.fromEntries(
  methodsOf(Shop).map((method) => [
    method.localName,
    {
      path: method.path,
      requestStream: method.kind === "client-streaming" || method.kind === "bidi-streaming",
      responseStream: method.kind === "server-streaming" || method.kind === "bidi-streaming",
      requestSerialize: (message: Messages) => buffer(method.encodeRequest(message)),
      requestDeserialize: (bytes: Buffer) => method.decodeRequest(bytes) as Messages,
      responseSerialize: (message: Messages) => buffer(method.encodeResponse(message)),
      responseDeserialize: (bytes: Buffer) => method.decodeResponse(bytes) as Messages,
    },
  ]),
);
