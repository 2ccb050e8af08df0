import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import type { Address, SocketError } from "../host.ts";
import type { HttpListener } from "../http.ts";
import { nodeHttpListen } from "./http-listener.ts";

const open: HttpListener[] = [];
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});

/** The port that was taken, or why there is none. */
function listen(address: Address): Promise<number | SocketError> {
  return new Promise((resolve) => {
    const listener = nodeHttpListen(address, {
      listening: (bound) => resolve(bound.kind === "tcp" ? bound.port : 0),
      failed: resolve,
      answer: (method, target) => ({ status: 503, body: `${method} ${target} ü` }),
    });
    open.push(listener);
  });
}

async function ask(port: number, method: string, path: string, body = "") {
  const sent = request({ host: "127.0.0.1", port, method, path, agent: false });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const piece of response.setEncoding("utf8")) text += String(piece);
  return [response.statusCode, response.headers["content-length"], text];
}

const anyPort: Address = { kind: "tcp", host: "127.0.0.1", port: 0 };

it("hands on method and target, and sends the answer; HEAD without a body", async () => {
  const port = (await listen(anyPort)) as number;
  expect(await ask(port, "GET", "/readyz?a=1")).toEqual([503, "18", "GET /readyz?a=1 ü"]);
  expect(await ask(port, "HEAD", "/readyz")).toEqual([503, "15", ""]);
  expect(await ask(port, "POST", "/x", "y".repeat(300_000))).toEqual([503, "10", "POST /x ü"]);
});

it("turns away what is no HTTP, and headers without end", async () => {
  const port = (await listen(anyPort)) as number;
  for (const [bytes, status] of [
    ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
    [`GET / HTTP/1.1\r\nhost: h\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const socket = connect(port, "127.0.0.1").setEncoding("latin1");
    socket.write(bytes);
    let heard = "";
    socket.on("data", (text) => (heard += String(text)));
    await once(socket, "close");
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  }
});

it("says why it cannot listen, and may be closed before it does", async () => {
  const port = (await listen(anyPort)) as number;
  expect(await listen({ kind: "tcp", host: "127.0.0.1", port })).toMatchObject({ kind: "EADDRINUSE" });
  const heard: unknown[] = [];
  const note = (what: unknown): void => void heard.push(what);
  const answer = (): { status: number; body: string } => ({ status: 200, body: "" });
  nodeHttpListen(anyPort, { listening: note, failed: note, answer }).close();
  expect(await ask(port, "GET", "/")).toHaveLength(3);
  expect(heard).toEqual([]);
});
