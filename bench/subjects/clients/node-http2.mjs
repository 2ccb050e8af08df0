/** The least that a gRPC call over node:http2 can be: no retries, no deadline, no check of the status. */
import http2 from "node:http2";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FieldSchema } from "@bufbuild/protobuf/wkt";
import { message, messageBytes } from "../message.mjs";
import { nextMetadata, timeoutMs } from "../metadata.mjs";
import { ca, serverName } from "../tls.mjs";

export function open({ port, codec, headers, tls }) {
  const session = http2.connect(
    `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    tls ? { ca, servername: serverName } : {},
  );
  const fixed = {
    ":method": "POST",
    ":path": "/t.T/Say",
    "content-type": "application/grpc",
    te: "trailers",
    "grpc-timeout": `${timeoutMs}m`,
  };
  const request = codec === "bytes" ? () => messageBytes : () => toBinary(FieldSchema, message);
  const decode = codec === "bytes" ? (bytes) => bytes : (bytes) => fromBinary(FieldSchema, bytes);
  return {
    unary: () =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ...fixed, ...nextMetadata(headers) });
        const pieces = [];
        stream.on("data", (piece) => pieces.push(piece));
        stream.on("error", reject);
        stream.on("end", () => resolve(decode((pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)).subarray(5))));
        stream.end(framed(request()));
      }),
    close: () => session.close(),
  };
}

function framed(bytes) {
  const out = Buffer.allocUnsafe(5 + bytes.length);
  out[0] = 0;
  out.writeUInt32BE(bytes.length, 1);
  out.set(bytes, 5);
  return out;
}
