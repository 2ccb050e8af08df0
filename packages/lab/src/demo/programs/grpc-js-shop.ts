/** Owns the Shop service as grpc-js wants it: two method definitions over protobuf-es messages. */

import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { MethodDefinition } from "@grpc/grpc-js";
import { Shop } from "../../shop/index.ts";

export const grpcJsShop = {
  read: definition("Read", Shop.method.read.input, Shop.method.read.output),
  write: definition("Write", Shop.method.write.input, Shop.method.write.output),
};

function definition<I extends DescMessage, O extends DescMessage>(
  name: string,
  input: I,
  output: O,
): MethodDefinition<MessageShape<I>, MessageShape<O>> {
  return {
    path: `/${Shop.typeName}/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message) => bytesOf(input, message),
    requestDeserialize: (bytes) => fromBinary(input, bytes),
    responseSerialize: (message) => bytesOf(output, message),
    responseDeserialize: (bytes) => fromBinary(output, bytes),
  };
}

/** The same memory as a Buffer, which grpc-js insists on. */
function bytesOf<D extends DescMessage>(schema: D, message: MessageShape<D>): Buffer {
  const bytes = toBinary(schema, message);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
