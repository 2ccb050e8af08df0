/** A small request handler on our own server. */
import { createServer } from "@holdfast/grpc/server";
import { octetsOf } from "./octets.mjs";

export async function startHoldfastServer({ certificate } = {}) {
  const tls = certificate === undefined ? {} : { tls: { cert: certificate.certPem, key: certificate.keyPem } };
  const server = createServer();
  server.handle(async ({ path, method, body }) => {
    if (path === "/unread") await new Promise(() => {});
    for await (const _ of body);
    return { headers: { "content-type": "text/plain" }, ...(method === "HEAD" ? {} : { body: octetsOf(path) }) };
  });
  const { port } = await server.listen("127.0.0.1:0", tls);
  return { port, stop: () => server.close() };
}
