import http2 from "node:http2";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { described, message, streamedMessages } from "../message.mjs";
import { cert, key } from "../tls.mjs";

export function serve({ tls }) {
  const routes = (router) =>
    router.service(described, {
      say: () => message,
      async *watch() {
        for (let i = 0; i < streamedMessages; i++) yield message;
      },
    });
  const adapter = connectNodeAdapter({ routes });
  const server = tls ? http2.createSecureServer({ cert, key }, adapter) : http2.createServer(adapter);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}
