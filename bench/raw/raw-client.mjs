/**
 * A client that costs next to nothing, so that servers show what they cost: canned requests, answers only counted. Keeps
 * the peer's limits (streams at once, windows of the connection), and throws at any answer that is not a good one.
 */
import net from "node:net";
import { setImmediate } from "node:timers";
import tls from "node:tls";
import { ca, serverName } from "../subjects/tls.mjs";
import { frame, framed, frameReader, preface, type, windowUpdate } from "./frames.mjs";
import { RequestBlock } from "./request-block.mjs";

const endStream = 0x1;
const acknowledged = 0x1;
const largest = 0x7fffffff; // RFC 9113 §6.9.1: a window that never runs out in a bench

export class RawClient {
  #socket;
  #block;
  #body;
  #nextId = 1;
  /** Octets of DATA and settler of each open stream. */
  #open = new Map();
  #out = [];
  #flushing = false;
  #sendWindow = 65_535; // RFC 9113 §6.9.2
  #maxStreams = Infinity;
  #queue = [];
  #ready;
  #isReady;
  #failure;

  /** Resolves when the server's SETTINGS came. */
  static async connect(port, options = {}) {
    const client = new RawClient(port, options);
    await client.#ready;
    return client;
  }

  constructor(port, { path = "/t.T/Say", headers = "changing", message, secure = false }) {
    this.#block = new RequestBlock(path, headers);
    this.#body = framed(message);
    this.#ready = new Promise((resolve) => (this.#isReady = resolve));
    this.#socket = secure
      ? tls.connect({ port, host: "127.0.0.1", ca, servername: serverName, ALPNProtocols: ["h2"] })
      : net.connect(port, "127.0.0.1");
    this.#socket.setNoDelay(true);
    // No push, and windows that the answers never fill.
    const settings = Buffer.from([0, 2, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]);
    this.#socket.write(
      Buffer.concat([preface, frame(type.settings, 0, 0, settings), windowUpdate(0, largest - 65_535)]),
    );
    this.#socket.on(
      "data",
      frameReader((...parts) => this.#frame(...parts)),
    );
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the server closed the connection")));
  }

  /** Resolves with the octets of DATA of the answer. */
  call() {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return void reject(this.#failure);
      this.#queue.push({ resolve, reject, octets: 0 });
      this.#send();
    });
  }

  /** So many calls, with so many in flight. */
  async run(calls, inFlight) {
    let started = 0;
    const worker = async () => {
      while (started < calls) {
        started++;
        await this.call();
      }
    };
    await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, worker));
  }

  close() {
    this.#failure = new Error("closed");
    this.#socket.destroy();
  }

  #send() {
    while (this.#queue.length > 0 && this.#open.size < this.#maxStreams && this.#sendWindow >= this.#body.length) {
      const id = this.#nextId;
      this.#nextId += 2;
      this.#sendWindow -= this.#body.length;
      this.#open.set(id, this.#queue.shift());
      this.#write(frame(type.headers, 0x4, id, this.#block.next()));
      this.#write(frame(type.data, endStream, id, this.#body));
    }
  }

  #write(bytes) {
    this.#out.push(bytes);
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#socket.write(Buffer.concat(this.#out));
      this.#out = [];
    });
  }

  #frame(kind, flags, streamId, bytes, at, length) {
    switch (kind) {
      case type.data:
        this.#open.get(streamId).octets += length;
        if ((flags & endStream) !== 0) this.#fail(new Error(`stream ${streamId} ended without trailers`));
        break;
      case type.headers:
        if ((flags & endStream) !== 0) this.#ended(streamId);
        break;
      case type.settings:
        if ((flags & acknowledged) === 0) this.#settings(bytes.subarray(at, at + length));
        break;
      case type.windowUpdate:
        if (streamId === 0) this.#sendWindow += bytes.readUInt32BE(at);
        this.#send();
        break;
      case type.ping:
        if ((flags & acknowledged) === 0)
          this.#write(frame(type.ping, acknowledged, 0, bytes.subarray(at, at + length)));
        break;
      case type.rstStream:
      case type.goaway:
        this.#fail(new Error(`frame of type ${kind} on stream ${streamId}`));
        break;
    }
  }

  #ended(streamId) {
    const call = this.#open.get(streamId);
    this.#open.delete(streamId);
    if (call.octets === 0) this.#fail(new Error(`stream ${streamId}: an answer without a message`));
    call.resolve(call.octets);
    this.#send();
  }

  #settings(payload) {
    for (let at = 0; at < payload.length; at += 6) {
      if (payload.readUInt16BE(at) === 3) this.#maxStreams = payload.readUInt32BE(at + 2);
    }
    this.#write(frame(type.settings, acknowledged, 0));
    this.#isReady();
    this.#send();
  }

  #fail(error) {
    this.#failure ??= error;
    for (const { reject } of [...this.#open.values(), ...this.#queue.splice(0)]) reject(this.#failure);
    this.#open.clear();
  }
}
