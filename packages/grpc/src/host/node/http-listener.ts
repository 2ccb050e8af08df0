/** Node's HTTP/1.1 server as `HttpListen`: small limits, short patience, nothing that keeps the process alive. */
import type { Server } from "node:http";
import type { HttpListen } from "../http.ts";
import { socketError } from "./socket-error.ts";

/** What probes send, and not more: whoever needs longer or says more is no probe. */
const limits = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
/** A kubelet, a few balancers, a person; one that is stuck must not lock out the next. */
const maxConnections = 100;

export const nodeHttpListen: HttpListen = (address, events) => {
  let server: Server | undefined;
  let closed = false;
  // Loaded here, so that a program without probes does not pay for it.
  void import("node:http").then(({ createServer }) => {
    if (closed) return;
    server = createServer(limits, (request, response) => {
      const { status, body } = events.answer(request.method ?? "", request.url ?? "");
      // A body that nobody reads would stay in the way of the next request.
      request.resume();
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "cache-control": "no-store",
      });
      response.end(body);
    });
    server.maxConnections = maxConnections;
    server.on("connection", (socket) => socket.unref());
    server.on("error", (error) => events.failed(socketError(error)));
    server.once("listening", () => {
      const bound = server?.address();
      events.listening(
        typeof bound === "object" && bound !== null ? { kind: "tcp", host: bound.address, port: bound.port } : address,
      );
    });
    server.listen(
      address.kind === "unix" ? { path: address.path } : { host: address.host, port: address.port, exclusive: true },
    );
    server.unref();
  });
  return {
    close() {
      closed = true;
      server?.close();
      server?.closeAllConnections();
    },
  };
};
