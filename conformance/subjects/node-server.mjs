/** The same request handler on node:http2. */
import http2 from "node:http2";
import { octetsOf } from "./octets.mjs";

export async function startNodeServer({ certificate } = {}) {
  const server =
    certificate === undefined
      ? http2.createServer()
      : http2.createSecureServer({ cert: certificate.certPem, key: certificate.keyPem });
  const sessions = new Set();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => {});
  });
  server.on("sessionError", () => {});
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    if (headers[":path"] === "/unread") return;
    stream.on("end", () => {
      if (stream.destroyed || stream.closed) return;
      stream.respond({ ":status": 200, "content-type": "text/plain" });
      stream.end(headers[":method"] === "HEAD" ? undefined : octetsOf(headers[":path"]));
    });
    stream.resume();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      for (const session of sessions) session.destroy();
    });
  return { port: server.address().port, stop };
}
