/** The first octets, RFC 9113 §3.4: a wrong port and a lost TLS setting are told from a broken peer by name. */
import { describe, expect, it } from "vitest";
import { clientPreface, frame, headers, octets, ping, settings, settingsAck } from "./frames.ts";
import { request, ScriptedPeer } from "./scripted-peer.ts";

describe("the greeting", () => {
  it("of a client is the preface, SETTINGS without push, and its window; of a server the same without the preface", () => {
    const client = new ScriptedPeer("client");
    expect(client.sent()).toEqual(["SETTINGS 2=0 4=262144 6=65536", "WINDOW_UPDATE 0 +983041"]);
    const server = new ScriptedPeer("server");
    expect(server.sent()).toEqual(["SETTINGS 3=1024 4=262144 6=65536", "WINDOW_UPDATE 0 +983041"]);
  });

  it("raises the connection's window only if there is something to raise", () => {
    const peer = new ScriptedPeer("client", { connectionWindowBytes: 65_535 });
    expect(peer.sent()).toEqual(["SETTINGS 2=0 4=262144 6=65536"]);
  });

  it("promises no stream less than a peer may use before it knows our SETTINGS, RFC 9113 §6.9.2", () => {
    const peer = new ScriptedPeer("server", { streamWindowBytes: 1_000 });
    expect(peer.sent()[0]).toBe("SETTINGS 3=1024 4=65535 6=65536");
  });

  it("is understood in pieces of any size", () => {
    const bytes = octets(clientPreface, settings([0x3, 5]), settingsAck(), ping());
    for (let pieceBytes = 1; pieceBytes <= bytes.length; pieceBytes++) {
      const peer = new ScriptedPeer("server");
      peer.sendInPieces(pieceBytes, bytes);
      expect(peer.heard()).toEqual(["ready"]);
      expect(peer.sent().slice(2)).toEqual(["SETTINGS ack", "PING ack"]);
    }
  });

  it("is not over before SETTINGS: any other frame ends the connection", () => {
    for (const bytes of [ping(), settingsAck(), headers(1, request), frame({ type: 0xbe })]) {
      const server = new ScriptedPeer("server");
      server.send(clientPreface, bytes);
      expect(server.heard()).toEqual(["failed violation rfc9113-3.4"]);
      const client = new ScriptedPeer("client");
      client.send(bytes);
      expect(client.heard()).toEqual(["failed violation rfc9113-3.4"]);
      expect(client.sent().at(-1)).toMatch(/^GOAWAY 0 PROTOCOL_ERROR rfc9113-3.4: first frame of type \d+/);
    }
  });

  it.each([
    ["GET / HTTP/1.1\r\nhost: x\r\n\r\n", "the peer sent an HTTP/1.1 request, expected HTTP/2"],
    ["POST /a HTTP/1.1\r\n", "the peer sent an HTTP/1.1 request, expected HTTP/2"],
    ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "the peer speaks TLS on a plain-text connection"],
    ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\r", "the connection does not begin with the HTTP/2 client preface"],
    ["\x00\x00\x00\x04\x00\x00\x00\x00\x00", "the connection does not begin with the HTTP/2 client preface"],
  ])("a server names the stranger that says %j", (text, words) => {
    const peer = new ScriptedPeer("server");
    peer.send(octets(text));
    expect(peer.recorder.failure?.violation.detail).toBe(words);
    expect(peer.sent().at(-1)).toBe(`GOAWAY 0 PROTOCOL_ERROR rfc9113-3.4: ${words}`);
  });

  it.each([
    ["HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n", "the peer speaks HTTP/1.1, expected HTTP/2"],
    ["\x15\x03\x03\x00\x02\x02\x46\x00\x00", "the peer speaks TLS on a plain-text connection"],
    ["SSH-2.0-OpenSSH_9.2\r\n", "the peer speaks SSH, expected HTTP/2"],
  ])("a client names the stranger that says %j, even if it says it octet by octet", (text, words) => {
    const peer = new ScriptedPeer("client");
    peer.sendInPieces(1, octets(text));
    expect(peer.recorder.failure?.violation.detail).toBe(words);
  });

  it("must come within the handshake's time, at a server", () => {
    const peer = new ScriptedPeer("server", { nowMs: 1_000 });
    expect(peer.connection.deadline()).toBe(21_000);
    peer.send(clientPreface);
    peer.at(20_999);
    expect(peer.heard()).toEqual([]);
    peer.at(21_000);
    expect(peer.heard()).toEqual(["failed settings-timeout limit-handshake"]);
    expect(peer.sent().at(-1)).toBe("GOAWAY 0 SETTINGS_TIMEOUT limit-handshake: no SETTINGS within 20000 ms");
    expect(peer.connection.deadline()).toBe(Infinity);
  });

  it("that came in time leaves no deadline behind", () => {
    expect(ScriptedPeer.ready("server").connection.deadline()).toBe(Infinity);
  });
});
