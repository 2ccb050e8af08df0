/**
 * A server that costs next to nothing, so that clients show what they cost: `raw-server.mjs OPTIONS` prints its port, then
 * answers questions about its CPU time. Request headers are not decoded; every whole request gets the same answer.
 * Options: `messages` of an answer (1), `headers` (`changing`: as servers in the field encode, one octet for what was said
 * before; `fresh`: each answer enters a new value into the client's table), `tls`.
 */
import net from "node:net";
import tls from "node:tls";
import { answerCpuQuestions } from "../subjects/cpu-questions.mjs";
import { messageBytes } from "../subjects/message.mjs";
import { cert, key } from "../subjects/tls.mjs";
import { frame, framed, frameReader, indexed, inserted, preface, type, windowUpdate } from "./frames.mjs";

const options = { messages: 1, headers: "changing", tls: false, ...JSON.parse(process.argv[2] ?? "{}") };
const body = framed(messageBytes);
const endStream = 0x1;
const endHeaders = 0x4;
const acknowledged = 0x1;
const creditBytes = 30_000; // under half of the 65,535 that a client begins with, RFC 9113 §6.9.2
const pieceBytes = 32_768; // of a stream, at once: two frames of the largest default size

class Connection {
  #socket;
  #answered = 0;
  #received = 0;
  #out = [];
  #window = 65_535; // RFC 9113 §6.9.2
  #firstWindow = 65_535;
  #streams = new Map();

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.write(frame(type.settings, 0, 0, Buffer.from([0, 3, 0, 0, 4, 0]))); // 1,024 streams at once
    const read = frameReader((...parts) => this.#frame(...parts), preface.length);
    socket.on("data", (data) => {
      read(data);
      this.#flush();
    });
    socket.on("drain", () => this.#pumpAll());
  }

  #frame(kind, flags, streamId, bytes, at, length) {
    if (kind === type.settings && (flags & acknowledged) === 0) this.#settings(bytes.subarray(at, at + length));
    else if (kind === type.ping && (flags & acknowledged) === 0) {
      this.#out.push(frame(type.ping, acknowledged, 0, bytes.subarray(at, at + length)));
    } else if (kind === type.windowUpdate) this.#credited(streamId, bytes.readUInt32BE(at));
    if (kind === type.data) this.#received += length;
    if ((kind === type.data || kind === type.headers) && (flags & endStream) !== 0) this.#answer(streamId);
    if (this.#received > creditBytes) {
      this.#out.push(windowUpdate(0, this.#received));
      this.#received = 0;
    }
  }

  #settings(payload) {
    for (let at = 0; at < payload.length; at += 6) {
      if (payload.readUInt16BE(at) !== 4) continue;
      const first = payload.readUInt32BE(at + 2);
      for (const stream of this.#streams.values()) stream.window += first - this.#firstWindow;
      this.#firstWindow = first;
    }
    this.#out.push(frame(type.settings, acknowledged, 0));
  }

  #credited(streamId, increment) {
    if (streamId === 0) this.#window += increment;
    else if (this.#streams.has(streamId)) this.#streams.get(streamId).window += increment;
    this.#pumpAll();
  }

  #answer(streamId) {
    const number = this.#answered++;
    const blocks = number === 0 ? firstBlocks : laterBlocks;
    const fresh = options.headers === "fresh" ? [inserted("x-served-by", `node-${number}`)] : [];
    // What is fresh pushes the rest out of the table.
    const [head, tail] = options.headers === "fresh" ? firstBlocks : blocks;
    this.#out.push(frame(type.headers, endHeaders, streamId, Buffer.concat([head, ...fresh])));
    const trailers = frame(type.headers, endHeaders | endStream, streamId, tail);
    if (options.messages === 1) {
      this.#window -= body.length;
      this.#out.push(frame(type.data, 0, streamId, body), trailers);
      return;
    }
    this.#streams.set(streamId, { streamId, left: options.messages, window: this.#firstWindow, trailers });
    this.#pumpAll();
  }

  /** Streams go on as far as windows and the socket let them. */
  #pumpAll() {
    for (const stream of this.#streams.values()) this.#pump(stream);
    this.#flush();
  }

  #pump(stream) {
    while (stream.left > 0 && this.#socket.writableLength < 4 * pieceBytes) {
      const room = Math.floor(Math.min(this.#window, stream.window, pieceBytes) / body.length);
      const count = Math.min(room, stream.left);
      if (count <= 0) return;
      const one = frame(type.data, 0, stream.streamId, body);
      const piece = Buffer.allocUnsafe(count * one.length);
      for (let i = 0; i < count; i++) one.copy(piece, i * one.length);
      this.#out.push(piece);
      this.#window -= count * body.length;
      stream.window -= count * body.length;
      stream.left -= count;
      this.#flush();
    }
    if (stream.left > 0) return;
    this.#out.push(stream.trailers);
    this.#streams.delete(stream.streamId);
  }

  #flush() {
    if (this.#out.length === 0) return;
    this.#socket.write(this.#out.length === 1 ? this.#out[0] : Buffer.concat(this.#out));
    this.#out = [];
  }
}

// :status 200 stands in the static table. Afterwards grpc-status is the newest entry, 62, and content-type 63.
const firstBlocks = [
  Buffer.concat([indexed(8), inserted("content-type", "application/grpc")]),
  inserted("grpc-status", "0"),
];
const laterBlocks = [Buffer.concat([indexed(8), indexed(63)]), indexed(62)];

const accept = (socket) => new Connection(socket);
const server = options.tls ? tls.createServer({ cert, key, ALPNProtocols: ["h2"] }, accept) : net.createServer(accept);
server.listen(0, "127.0.0.1", 4_096, () => console.log(server.address().port)); // backlog for thousands at once
answerCpuQuestions();
