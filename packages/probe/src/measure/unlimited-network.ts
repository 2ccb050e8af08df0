/**
 * A network in which the peer's limit on concurrent streams is not heard, so that a connection of ours can try what happens
 * beyond it. Owns the one change: the value of SETTINGS_MAX_CONCURRENT_STREAMS in the peer's first frame. The engine itself
 * never sends more than it may.
 */

import type { Network } from "../wire/network.ts";

const maxConcurrentStreams = 3;
/** RFC 9113 §6.5.2: no limit is said by no value; the largest comes near. */
const noLimit = 0x7fffffff;
const headBytes = 9;

/** @param tls Whether TLS is spoken; where it is by hand, the bytes are plain only above it. */
export function unlimitedNetwork(network: Network, tls: boolean): Network {
  const { host, startTls } = network;
  if (tls && startTls !== undefined) {
    return {
      host,
      startTls: (below, options, events) => {
        const patch = new FirstSettings((bytes) => events.data(bytes));
        return startTls(below, options, {
          secured: (seen) => events.secured(seen),
          data: (bytes) => patch.push(bytes),
          flushed: (bytes) => events.flushed(bytes),
          end: () => events.end(),
          failed: (word, message) => events.failed(word, message),
        });
      },
    };
  }
  return {
    ...network,
    host: {
      nowMs: () => host.nowMs(),
      wallMs: () => host.wallMs(),
      timer: (delayMs, fire, options) => host.timer(delayMs, fire, options),
      defer: (task) => host.defer(task),
      random: () => host.random(),
      lookup: (name, done) => host.lookup(name, done),
      connect: (options, events) => {
        const patch = new FirstSettings((bytes) => events.data(bytes));
        return host.connect(options, {
          connected: (session) => events.connected?.(session),
          data: (bytes) => patch.push(bytes),
          end: () => events.end(),
          flushed: (bytes) => events.flushed(bytes),
          closed: (error) => events.closed(error),
        });
      },
      listen: (options, events) => host.listen(options, events),
      onSignal: (name, heard) => host.onSignal(name, heard),
      env: (name) => host.env(name),
      log: (line) => host.log(line),
      compress: (coding, bytes) => host.compress(coding, bytes),
      decompress: (coding, bytes, maxBytes) => host.decompress(coding, bytes, maxBytes),
    },
  };
}

/** Holds back the first frame until it is whole, and raises the limit in it. Everything else passes as it is. */
export class FirstSettings {
  readonly #pass: (bytes: Uint8Array) => void;
  #held: Uint8Array | undefined = new Uint8Array(0);

  constructor(pass: (bytes: Uint8Array) => void) {
    this.#pass = pass;
  }

  push(bytes: Uint8Array): void {
    if (this.#held === undefined) {
      this.#pass(bytes);
      return;
    }
    const held = new Uint8Array(this.#held.length + bytes.length);
    held.set(this.#held);
    held.set(bytes, this.#held.length);
    this.#held = held;
    if (held.length < headBytes) return;
    const length = ((held[0] ?? 0) << 16) | ((held[1] ?? 0) << 8) | (held[2] ?? 0);
    const isSettings = held[3] === 4;
    if (isSettings && held.length < headBytes + length) return;
    if (isSettings) raiseLimit(held, headBytes + length);
    this.#held = undefined;
    this.#pass(held);
  }
}

function raiseLimit(frame: Uint8Array, end: number): void {
  const view = new DataView(frame.buffer, frame.byteOffset);
  for (let at = headBytes; at + 6 <= end; at += 6) {
    if (view.getUint16(at) === maxConcurrentStreams) view.setUint32(at + 2, noLimit);
  }
}
