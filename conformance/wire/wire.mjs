/**
 * One connection as a case sees it: what it writes, and all that came back. It answers SETTINGS and PING as an honest peer does,
 * unless told not to, and judges nothing.
 */
import { FrameReader } from "@holdfast/lab/peer";
import { codeNames, ping, preface, settingsAck, type } from "./frames.mjs";

/**
 * How long an answer may take before it counts as not given, and how long an endpoint that said GOAWAY is given to close (no RFC
 * names a time), ms. Only what fails waits so long. Ours is held to every case, so that a busy machine must not fail it.
 */
export const patience = { ours: { answerMs: 5_000, closeMs: 5_000 }, others: { answerMs: 1_500, closeMs: 300 } };

const typeNames = Object.fromEntries(Object.entries(type).map(([name, number]) => [number, name]));

export class Wire {
  /** Every frame that came, in order. */
  frames = [];
  /** How the peer ended the connection: `FIN` or the socket's error; undefined while it is up. */
  ended = undefined;
  /** Whether SETTINGS and PING are answered. */
  polite = true;
  /** One of `patience`. */
  patience;
  #socket;
  #waiting = new Set();

  /** @param side `client`: the peer is a server; `server`: it is a client, whose preface is to come first. */
  constructor(socket, side, patienceMs) {
    this.#socket = socket;
    this.patience = patienceMs;
    const reader = new FrameReader((frame) => this.#received(frame));
    // The reader is a server's; a server sends no preface, so it is given one.
    if (side === "client") reader.push(Buffer.from(preface));
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      if (!reader.push(chunk)) this.#end("bytes that are not HTTP/2");
    });
    socket.on("end", () => this.#end("FIN"));
    socket.on("error", (error) => this.#end(error.code ?? error.message));
    socket.on("close", () => this.#end("close"));
  }

  send(...parts) {
    if (this.#socket.writable) this.#socket.write(Buffer.concat(parts));
  }

  /** Sends FIN; reading goes on. */
  finish() {
    this.#socket.end();
  }

  destroy() {
    this.#socket.destroy();
  }

  /** True once `met` holds; false when it does not in time, or cannot any more because the connection is over. */
  until(met, withinMs = this.patience.answerMs) {
    return new Promise((resolve) => {
      const settle = (value) => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(value);
      };
      const check = () => {
        if (met()) settle(true);
        else if (this.ended !== undefined) settle(false);
      };
      const timer = setTimeout(() => settle(met()), withinMs);
      this.#waiting.add(check);
      check();
    });
  }

  /** Frames of a type, on a stream if one is named. */
  of(typeNumber, streamId) {
    return this.frames.filter(
      (frame) => frame.type === typeNumber && (streamId === undefined || frame.streamId === streamId),
    );
  }

  /** Whether END_STREAM came on a stream. */
  endOf(streamId) {
    return this.frames.some(
      (frame) =>
        frame.streamId === streamId &&
        (frame.flags & 1) !== 0 &&
        (frame.type === type.DATA || frame.type === type.HEADERS),
    );
  }

  /** Octets of DATA that came on a stream. */
  bytesOf(streamId) {
    return this.of(type.DATA, streamId).reduce((sum, frame) => sum + frame.payload.length, 0);
  }

  goaways() {
    return this.of(type.GOAWAY).map(({ payload }) => ({
      lastStreamId: payload.readUInt32BE(0),
      code: codeNames[payload.readUInt32BE(4)] ?? payload.readUInt32BE(4),
    }));
  }

  /** The codes of the RST_STREAMs that came on a stream. */
  resets(streamId) {
    return this.of(type.RST_STREAM, streamId).map(
      ({ payload }) => codeNames[payload.readUInt32BE(0)] ?? payload.readUInt32BE(0),
    );
  }

  resetOf(streamId) {
    return this.resets(streamId)[0];
  }

  /** What the peer announced, by number of the setting, the last one holding. */
  announced() {
    const values = new Map();
    for (const { payload } of this.of(type.SETTINGS)) {
      for (let at = 0; at + 6 <= payload.length; at += 6)
        values.set(payload.readUInt16BE(at), payload.readUInt32BE(at + 2));
    }
    return values;
  }

  /** What came, in words, for a person who reads of a failed case. */
  story() {
    const words = this.frames.map(({ type: number, flags, streamId, payload }) => {
      const name = typeNames[number] ?? `type ${number}`;
      const ack = (number === type.SETTINGS || number === type.PING) && (flags & 1) !== 0 ? " ACK" : "";
      const end = (number === type.DATA || number === type.HEADERS) && (flags & 1) !== 0 ? " END_STREAM" : "";
      const on = streamId === 0 ? "" : ` ${streamId}`;
      if (number === type.RST_STREAM) return `RST_STREAM${on} ${this.resetOf(streamId)}`;
      if (number === type.GOAWAY) {
        const debug = payload.subarray(8).toString("latin1");
        return `GOAWAY ${codeNames[payload.readUInt32BE(4)] ?? payload.readUInt32BE(4)}${debug && ` (${debug})`}`;
      }
      return `${name}${on}${ack}${end}`;
    });
    const shown = words.length > 12 ? [...words.slice(0, 4), "…", ...words.slice(-7)] : words;
    return [...shown, this.ended ?? "open"].join(", ");
  }

  #received({ type: number, flags, streamId, payload }) {
    this.frames.push({ type: number, flags, streamId, payload: Buffer.from(payload) });
    if (this.polite && (flags & 1) === 0) {
      if (number === type.SETTINGS) this.send(settingsAck());
      if (number === type.PING) this.send(ping(payload, { ack: true }));
    }
    this.#changed();
  }

  #end(how) {
    if (this.ended !== undefined) return;
    this.ended = how;
    this.#changed();
  }

  #changed() {
    for (const check of [...this.#waiting]) check();
  }
}
