/** A program: a server on node:http2 alone that speaks just enough gRPC, to be attacked. */

import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { announce, largeBytes, largePath, readOrder } from "./order.ts";

const prefixBytes = 5;

function largeMessage(): Buffer {
  const message = Buffer.alloc(prefixBytes + largeBytes);
  message.writeUInt32BE(largeBytes, 1);
  return message;
}

const { tls, tlsHandshakeMs } = readOrder();
const server =
  tls === undefined
    ? http2.createServer()
    : http2.createSecureServer({
        cert: tls.certPem,
        key: tls.keyPem,
        ...(tlsHandshakeMs === undefined ? {} : { handshakeTimeout: tlsHandshakeMs }),
      });
server.on("sessionError", () => {});
server.on("stream", (stream, headers) => {
  stream.on("error", () => {});
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  stream.on("end", () => {
    if (stream.destroyed) return;
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.end(headers[":path"] === largePath ? largeMessage() : Buffer.concat(parts));
  });
});
server.listen(0, "127.0.0.1", () => announce((server.address() as AddressInfo).port));
