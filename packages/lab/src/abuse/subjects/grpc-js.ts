/** A program: the server of @grpc/grpc-js, to be attacked. */

import type { MethodDefinition, sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { announce, echoPath, largeBytes, largePath, readOrder } from "./order.ts";

type Call = ServerUnaryCall<Buffer, Buffer>;

const same = (bytes: Buffer): Buffer => bytes;

function method(path: string): MethodDefinition<Buffer, Buffer> {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

const { tls } = readOrder();
const server = new Server();
server.addService(
  { echo: method(echoPath), large: method(largePath) },
  {
    echo: ({ request }: Call, answer: sendUnaryData<Buffer>) => answer(null, request),
    large: (_call: Call, answer: sendUnaryData<Buffer>) => answer(null, Buffer.alloc(largeBytes)),
  },
);
const credentials =
  tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [
        { cert_chain: Buffer.from(tls.certPem), private_key: Buffer.from(tls.keyPem) },
      ]);
server.bindAsync("127.0.0.1:0", credentials, (error, port) => {
  if (error !== null) throw error;
  announce(port);
});
