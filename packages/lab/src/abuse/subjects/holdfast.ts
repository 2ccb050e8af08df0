/** A program: the server of Holdfast, to be attacked. */

import { createServer } from "@holdfast/grpc";
import { announce, echoPath, largeBytes, largePath, readOrder } from "./order.ts";

const { tls, limits = {}, tlsHandshakeMs } = readOrder();
const given = { ...limits, ...(tlsHandshakeMs === undefined ? {} : { handshakeMs: tlsHandshakeMs }) };
const server = createServer({ limits: given });
server.addMethod(echoPath, "unary", (request) => request);
server.addMethod(largePath, "unary", () => new Uint8Array(largeBytes));
const secure = tls === undefined ? {} : { tls: { cert: tls.certPem, key: tls.keyPem } };
const { port } = await server.listen("127.0.0.1:0", secure);
announce(port);
