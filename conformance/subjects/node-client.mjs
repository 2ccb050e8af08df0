/** The client of node:http2, as the client cases see one. */
import http2 from "node:http2";

export function connectNodeClient(port) {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  session.on("error", () => {});
  const close = async () => session.destroy();
  return { request: (options) => outcomeOf(session, options), close };
}

function outcomeOf(session, { method = "GET", path = "/", headers = {}, body, unread = false } = {}) {
  return new Promise((resolve) => {
    const fail = (why) => resolve({ kind: "failed", why });
    if (session.destroyed || session.closed) return fail("the session is closed");
    const stream = session.request({ ":method": method, ":path": path, ...headers }, { endStream: body === undefined });
    const answer = { kind: "answered", status: 0, octets: 0, trailers: {} };
    let whole = false;
    stream.on("response", (fields) => {
      answer.status = fields[":status"];
      if (unread) resolve({ kind: "unread" });
    });
    stream.on("trailers", (fields) => Object.assign(answer.trailers, fields));
    if (!unread) stream.on("data", (chunk) => (answer.octets += chunk.length));
    stream.on("end", () => (whole = true));
    stream.on("error", (error) => fail(error.message));
    stream.on("close", () => {
      if (whole && answer.status > 0 && stream.rstCode === 0) resolve(answer);
      else fail(`closed with code ${stream.rstCode}`);
    });
    if (body !== undefined) stream.end(body);
  });
}
