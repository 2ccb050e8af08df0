/**
 * One connection of the engine under a fuzz input: an application that reads and answers, a driver that takes and ticks, and
 * the promises that hold whatever the peer sends. Does not make inputs, and knows nothing of chance.
 */

import {
  type ConnectionSink,
  type FailureReason,
  type HeaderList,
  Http2Connection,
  type Http2Stream,
  type StreamEvents,
  type Violation,
} from "@holdfast/grpc/http2";
import type { Act, ConnectionStep, FuzzInput } from "./input.ts";
import { runDecoder } from "./decoder-subject.ts";
import { BrokenPromise, type Outcome } from "./outcome.ts";
import { WrittenFrames } from "./written-frames.ts";

const request: HeaderList = [
  ":method",
  "POST",
  ":scheme",
  "http",
  ":path",
  "/shop.v1.Orders/Get",
  ":authority",
  "shop",
];
const response: HeaderList = [":status", "200", "content-type", "application/grpc"];
const trailers: HeaderList = ["grpc-status", "0"];
const body = new Uint8Array(20_000);
/** Of one of the header sections above, with its frame. */
const mostHeadBytes = 200;

/** Answers to what a peer sends may be so many times as large, and this much more; what the application sends counts apart. */
const mostAnswered = { perByte: 4, more: 65_536 };

/** A deadline that has passed is dealt with by so many ticks at most. */
const mostTicks = 8;

/** Runs an input to its end. Throws where the engine throws, and `BrokenPromise`. */
export function runInput(input: FuzzInput, cut?: (bytes: Uint8Array) => readonly Uint8Array[]): Outcome {
  if (input.role === "decoder") return runDecoder(input.steps);
  const subject = new Subject(input.role);
  for (const step of input.steps) if (step.kind !== "table") subject.step(step, cut);
  return subject.finish();
}

interface Entry {
  /** Undefined while `open` has not returned. */
  stream: Http2Stream | undefined;
  closed: boolean;
  /** What was received and is not used yet. */
  heldBytes: number;
}

class Subject implements ConnectionSink {
  readonly #connection: Http2Connection;
  readonly #written: WrittenFrames;
  readonly #streams: Entry[] = [];
  readonly #heard: string[] = [];
  readonly #bodies = new Map<number, number>();
  readonly #features = new Set<string>();
  #lastEvent = "start";
  readonly #role: "client" | "server";
  #nowMs = 0;
  #reads = true;
  #failed = false;
  #bytesIn = 0;
  #answeredBytes = 0;
  #appBytes = 0;

  constructor(role: "client" | "server") {
    this.#connection = new Http2Connection({
      role,
      sink: this,
      nowMs: 0,
      streamWindowBytes: 65_535,
      connectionWindowBytes: 65_535,
    });
    this.#role = role;
    this.#written = new WrittenFrames(role);
    this.#take();
  }

  step(step: ConnectionStep, cut: ((bytes: Uint8Array) => readonly Uint8Array[]) | undefined): void {
    switch (step.kind) {
      case "bytes":
        this.#bytesIn += step.bytes.length;
        for (const piece of cut?.(step.bytes) ?? [step.bytes]) {
          // The engine borrows: what it keeps of a piece must be its own.
          const lent = Uint8Array.from(piece);
          this.#connection.receive(lent, this.#nowMs);
          lent.fill(0xee);
        }
        this.#connection.tick(this.#nowMs);
        break;
      case "wait":
        this.#wait(step.ms);
        break;
      case "act":
        this.#act(step.act);
    }
    this.#take();
  }

  finish(): Outcome {
    this.#connection.end(this.#nowMs);
    this.#promise(this.#connection.openStreams === 0, "streams are open after the end");
    for (const { stream, closed } of this.#streams) this.#promise(closed, `stream ${stream?.id} never heard onClosed`);
    this.#promise(this.#connection.deadline() === Infinity, "a connection that ended has a deadline");
    const bodies = [...this.#bodies].map(([id, bytes]) => `${id} body of ${bytes}`);
    return { heard: [...this.#heard, ...bodies], features: this.#features, bytesIn: this.#bytesIn };
  }

  #wait(ms: number): void {
    const until = this.#nowMs + ms;
    for (let due = this.#connection.deadline(), ticks = 0; due <= until; due = this.#connection.deadline()) {
      this.#promise(!Number.isNaN(due), "the deadline is no number");
      ticks = due <= this.#nowMs ? ticks + 1 : 0;
      this.#promise(ticks <= mostTicks, `a deadline stays in the past after ${mostTicks} ticks`);
      this.#nowMs = Math.max(this.#nowMs, due);
      this.#connection.tick(this.#nowMs);
      this.#take();
    }
    this.#nowMs = until;
  }

  #take(): void {
    const chunks: Uint8Array[] = [];
    for (;;) {
      const taken = this.#connection.take(65_536, chunks, this.#nowMs);
      if (taken === 0) break;
      this.#connection.wrote(taken, this.#nowMs);
      this.#answeredBytes += taken;
      const most = this.#bytesIn * mostAnswered.perByte + mostAnswered.more + 2 * this.#appBytes;
      this.#promise(
        this.#answeredBytes <= most,
        `${this.#answeredBytes} octets written for ${this.#bytesIn} received and ${this.#appBytes} of the application`,
      );
    }
    for (const name of this.#written.push(chunks)) this.#feature(`wrote ${name}`);
    const { fault } = this.#written;
    this.#promise(fault === undefined, `wrote what the rules forbid: ${fault}`);
    this.#promise(!this.#failed || this.#connection.openStreams === 0, "a condemned connection has open streams");
  }

  #act(act: Act): void {
    const connection = this.#connection;
    const stream = this.#streams.findLast(({ closed }) => !closed)?.stream;
    switch (act) {
      case "open":
      case "request":
        this.#open(act === "request");
        return;
      case "answer":
        for (const entry of this.#streams) if (!entry.closed) this.#answer(entry.stream);
        return;
      case "send":
      case "finish":
        if (stream === undefined || stream.endQueued || (stream.head === undefined && !stream.headSent)) return;
        this.#appBytes += body.length + mostHeadBytes;
        if (act === "send") connection.sendData(stream, body, false);
        else connection.sendTrailers(stream, trailers);
        return;
      case "reset":
        if (stream !== undefined) connection.reset(stream, 8); // CANCEL
        return;
      case "ping":
        connection.ping(this.#nowMs);
        this.#appBytes += 17;
        return;
      case "drain":
        connection.drain(this.#nowMs);
        return;
      case "leave":
        connection.leave(this.#nowMs);
        return;
      case "stop-reading":
        this.#reads = false;
        return;
      case "read":
        this.#reads = true;
        for (const entry of this.#streams) this.#use(entry, entry.heldBytes);
    }
  }

  #answer(stream: Http2Stream | undefined): void {
    if (stream === undefined || stream.headSent || stream.head !== undefined || stream.id % 2 === 0) return;
    if (this.#role === "client") return;
    this.#connection.sendHeaders(stream, response, false);
    this.#appBytes += mostHeadBytes;
  }

  #open(endStream: boolean): void {
    const entry: Entry = { stream: undefined, closed: false, heldBytes: 0 };
    entry.stream = this.#connection.open(request, endStream, this.#events(entry));
    if (entry.stream === undefined) return;
    this.#streams.push(entry);
    this.#appBytes += mostHeadBytes;
  }

  #use(entry: Entry, bytes: number): void {
    if (entry.stream === undefined) return;
    entry.heldBytes -= bytes;
    this.#connection.credit(entry.stream, bytes);
    this.#connection.free(entry.stream, bytes);
  }

  // --- what is heard ---

  onReady(): void {
    this.#hear("ready");
  }

  onSettings(): void {
    this.#hear("settings");
  }

  onStream(stream: Http2Stream): StreamEvents {
    const entry = { stream, closed: false, heldBytes: 0 };
    this.#streams.push(entry);
    return this.#events(entry);
  }

  onGoaway(goaway: { readonly code: number; readonly lastStreamId: number }): void {
    this.#hear("goaway", `${goaway.code} ${goaway.lastStreamId}`);
  }

  onDrained(): void {
    this.#hear("drained");
  }

  onFailed(reason: FailureReason, violation: Violation): void {
    this.#promise(!this.#failed, "onFailed came twice");
    this.#failed = true;
    this.#hear(`failed ${reason} ${violation.rule}`);
  }

  onPong(sequence: number): void {
    this.#hear("pong", `${sequence}`);
  }

  onOutput(): void {
    // The driver takes after every step.
  }

  #events(entry: Entry): StreamEvents {
    const hear = (event: string, rest = ""): void => {
      this.#promise(!entry.closed, `${event} after onClosed on stream ${entry.stream?.id}`);
      this.#hear(event, `${entry.stream?.id} ${rest}`);
    };
    return {
      onHeaders: (list, end) => hear(end ? "headers END" : "headers", list.join(" ")),
      onInformational: (list) => hear("informational", list.join(" ")),
      onData: (bytes, end) => {
        this.#promise(!entry.closed, `onData after onClosed on stream ${entry.stream?.id}`);
        const id = entry.stream?.id ?? 0;
        this.#bodies.set(id, (this.#bodies.get(id) ?? 0) + bytes.length);
        entry.heldBytes += bytes.length;
        if (this.#reads) this.#use(entry, bytes.length);
        this.#feature("data");
        if (end) hear("end of body");
      },
      onTrailers: (list) => hear("trailers", list.join(" ")),
      onDrain: () => hear("drain"),
      onClosed: (end) => {
        hear(`closed ${end.kind}`, end.kind === "reset-by-us" ? (end.violation?.rule ?? "") : "");
        entry.closed = true;
      },
    };
  }

  #hear(event: string, rest = ""): void {
    this.#heard.push(`${event} ${rest}`.trimEnd());
    this.#feature(event);
  }

  #feature(event: string): void {
    this.#features.add(`${this.#lastEvent} > ${event}`);
    this.#lastEvent = event;
  }

  #promise(isKept: boolean, broken: string): void {
    if (!isKept) throw new BrokenPromise(broken);
  }
}
