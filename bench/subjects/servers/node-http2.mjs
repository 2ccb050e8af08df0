/** The least that a gRPC server over node:http2 can be: one method, no deadline, no checks. */
import http2 from "node:http2";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FieldSchema } from "@bufbuild/protobuf/wkt";
import { message, messageBytes } from "../message.mjs";
import { cert, key } from "../tls.mjs";

export function serve({ codec, tls }) {
  const server = tls ? http2.createSecureServer({ cert, key }) : http2.createServer();
  const answer = codec === "bytes" ? () => messageBytes : answerProtobuf;
  server.on("stream", (stream) => {
    const pieces = [];
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("error", () => stream.close());
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.on("end", () => {
      const bytes = answer(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces));
      const framed = Buffer.allocUnsafe(5 + bytes.length);
      framed[0] = 0;
      framed.writeUInt32BE(bytes.length, 1);
      framed.set(bytes, 5);
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.end(framed);
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}

function answerProtobuf(request) {
  fromBinary(FieldSchema, request.subarray(5));
  return toBinary(FieldSchema, message);
}
