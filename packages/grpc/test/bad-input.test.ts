import { readFileSync } from "node:fs";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { type ChannelOptions, createChannel, createHttp2Client, StatusError } from "../src/index.ts";

/**
 * What a person gets who makes one of the usual mistakes: the wrong port, TLS on one side only, a certificate for
 * another name. Real sockets on loopback: what matters here is what kernels and OpenSSL really say.
 */

const data = (file: string) => readFileSync(new URL(`data/tls/${file}`, import.meta.url), "utf8");
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

async function failureOf(target: string, options: ChannelOptions = {}): Promise<StatusError> {
  const channel = createChannel(target, options);
  open.push(channel);
  try {
    await channel.unary("/a.B/C", new Uint8Array(0), { timeoutMs: 5_000 });
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error("the call went well");
}

describe("a call to", () => {
  it("an address where nobody listens", async () => {
    const error = await failureOf("127.0.0.1:1");
    expect(error).toMatchObject({ code: 14, reason: "CONNECT_REFUSED", processed: "no" });
    expect(error.message).toContain("nobody listens at the address");
    expect(error.message).toContain("127.0.0.1:1");
  });

  it("a name that does not exist", async () => {
    const error = await failureOf("dns:///does-not-exist.invalid:443");
    expect(error).toMatchObject({ code: 14, reason: "NAME_NOT_FOUND", processed: "no" });
    expect(error.message).toContain("does-not-exist.invalid");
  });

  it("a peer that speaks HTTP/1.1", async () => {
    const port = await listen(
      createTcpServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
    );
    const error = await failureOf(`127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 14, reason: "WRONG_PROTOCOL", processed: "no" });
    expect(error.message).toContain("the peer speaks HTTP/1.1, expected HTTP/2");
  });

  it("a TLS port, without TLS", async () => {
    const port = await listen(createTlsServer({ cert: data("server.pem"), key: data("server.key") }));
    const error = await failureOf(`127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 14, processed: "no" });
    expect(error.message).toContain("TLS");
  });

  it("a plain port, with TLS", async () => {
    const port = await listen(createTcpServer((socket) => socket.end("\0\0\0\x04\0\0\0\0\0")));
    const error = await failureOf(`127.0.0.1:${port}`, { tls: { insecure: true } });
    expect(error).toMatchObject({ code: 14, reason: "TLS_FAILED", processed: "no" });
  });

  it("a server whose certificate is for another name", async () => {
    const port = await listen(
      createTlsServer({ cert: data("wrong-name.pem"), key: data("wrong-name.key"), ALPNProtocols: ["h2"] }),
    );
    const error = await failureOf(`127.0.0.1:${port}`, { tls: { ca: data("ca.pem") } });
    expect(error).toMatchObject({ code: 14, reason: "TLS_FAILED", processed: "no" });
    expect(error.message).toMatch(/127\.0\.0\.1/);
  });

  it("a server whose certificate nobody vouches for", async () => {
    const port = await listen(
      createTlsServer({ cert: data("server.pem"), key: data("server.key"), ALPNProtocols: ["h2"] }),
    );
    const error = await failureOf(`127.0.0.1:${port}`, { tls: {} });
    expect(error).toMatchObject({ code: 14, reason: "TLS_FAILED", processed: "no" });
  });

  it("a TLS server that does not choose h2", async () => {
    const port = await listen(createTlsServer({ cert: data("server.pem"), key: data("server.key") }));
    const error = await failureOf(`127.0.0.1:${port}`, { tls: { ca: data("ca.pem") } });
    expect(error).toMatchObject({ code: 14, reason: "ALPN_MISSING", processed: "no" });
    expect(error.message).toContain('expected "h2"');
  });

  it("a peer that accepts and says nothing", async () => {
    const port = await listen(createTcpServer(() => undefined));
    const error = await failureOf(`127.0.0.1:${port}`, { connectTimeoutMs: 50 });
    expect(error).toMatchObject({ code: 14, reason: "CONNECT_TIMEOUT", processed: "no" });
    expect(error.message).toContain("SETTINGS");
  });

  it("a peer that accepts and hangs up", async () => {
    const port = await listen(createTcpServer((socket) => socket.end()));
    const error = await failureOf(`127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 14, reason: "CONNECT_FAILED", processed: "no" });
  });
});

describe("a peer that ends a TLS handshake by FIN", () => {
  it("fails the call, and the channel closes", async () => {
    const port = await listen(createTcpServer((socket) => socket.once("data", () => socket.end())));
    const error = await failureOf(`127.0.0.1:${port}`, { tls: { insecure: true } });
    expect(error).toMatchObject({ code: 14, processed: "no" });
  });
});

describe("a mistake in an option is told at once", () => {
  it.each([
    [() => createChannel("a:b"), /target "a:b": expected host:port/],
    [
      () => createChannel("a:1", { keepAlive: true } as ChannelOptions),
      /channel option "keepAlive" is unknown; did you mean keepalive\?/,
    ],
    [
      () => createChannel("a:1", { connectTimeoutMs: -1 }),
      /channel option connectTimeoutMs: -1, expected a number of 0 or more/,
    ],
    [() => createChannel("a:1", { serviceConfig: "{" }), /service config/],
    [
      () => createChannel("a:1", { serviceConfig: { methodConfigs: [] } }),
      /methodConfigs: did you mean methodConfig\?/,
    ],
  ])("%s", (make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  it("in what a call is given: its messages, its signal, its option names", async () => {
    const channel = createChannel("127.0.0.1:1");
    open.push(channel);
    const nothing = new Uint8Array(0);
    const wrong = (value: unknown) => value as never;
    await expect(channel.clientStreaming("/a.B/C", wrong(5))).rejects.toThrow(
      "/a.B/C: expected an iterable of messages, got number",
    );
    await expect(channel.unary("/a.B/C", nothing, { signal: wrong(new AbortController()) })).rejects.toThrow(
      "signal: expected an AbortSignal, got AbortController; pass its .signal",
    );
    await expect(channel.unary("/a.B/C", nothing, wrong({ deadline: 5 }))).rejects.toThrow(
      'call option "deadline" is unknown; did you mean timeoutMs?',
    );
    await expect(channel.unary("/a.B/C", nothing, wrong(null))).rejects.toThrow(
      "call options: expected an object, got null",
    );
    await channel.close();
  });

  it("in a target that is no text", () => {
    expect(() => createChannel({ address: "127.0.0.1:1" } as never)).toThrow(
      'target: expected text such as "host:port", got object; pass its .address',
    );
    expect(() => createChannel("a:1", { authority: "a\r\nb" })).toThrow(
      'channel option authority: "a\\r\\nb", expected the value of a header field',
    );
    expect(() => createChannel("a:1", { tls: { rejectUnauthorized: true } as never })).toThrow(
      "certificates are verified, unless insecure is true",
    );
    expect(() => createChannel("a:1", { tls: { cert: "x" } })).toThrow("tls: cert and key go together");
  });

  it("in a plain request: line feeds, whatever they hide in", async () => {
    const client = createHttp2Client("http://127.0.0.1:1");
    open.push(client);
    for (const path of ["/a\r\nInjected: y", "/a\u010ab"]) {
      await expect(client.request({ path })).rejects.toThrow("pseudo-header :path has a value with forbidden octets");
    }
    await expect(client.request({ path: "foo" })).rejects.toThrow(':path "foo", expected /');
    await expect(client.request({ headers: { "x-y": "a\u010ab" } })).rejects.toThrow(
      "field x-y has a value with forbidden octets",
    );
    await expect(client.request({ headers: { "x-y": 5 as never } })).rejects.toThrow(
      "header x-y: expected a string, got number",
    );
  });

  it("in a call: a bad path, a bad timeout, a bad message", async () => {
    const channel = createChannel("127.0.0.1:1");
    open.push(channel);
    expect(() => channel.unary("nope", new Uint8Array(0))).toThrow('method "nope": expected /package.Service/Method');
    await expect(channel.unary("/a.B/C", new Uint8Array(0), { timeoutMs: -5 })).rejects.toThrow(
      "timeoutMs: -5, expected",
    );
    await expect(channel.unary("/a.B/C", "text" as unknown as Uint8Array)).rejects.toThrow(
      "expected a Uint8Array as the message, got string",
    );
  });
});
