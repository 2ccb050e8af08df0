/**
 * One open connection of a measure: does what a habit asks, and keeps the record that policies judge (`life.ts`). Owns the
 * turning of the wire's times into times since it was open.
 */

import { statusName } from "@holdfast/grpc/rpc";
import type { CallOutcome, WireCall } from "../wire/wire-call.ts";
import type { PingResult } from "../wire/wire-end.ts";
import type { Wire } from "../wire/wire.ts";
import { checkPath, healthRequest, outcomeText, servingStatus, watchPath } from "./health-call.ts";
import { quoted } from "./end-text.ts";
import type { CallSeen, GoawaySeen, Life, LifeEnd, PingSeen } from "./life.ts";
import type { Greeting } from "./speakers.ts";

/** A stream of health that the server holds open. */
export interface HeldWatch {
  /** The first status came, or it ended without one. */
  readonly begun: Promise<boolean>;
  /** Each status as it is told; grows while the stream is open. */
  readonly told: WatchSeen["told"];
  readonly done: Promise<WatchSeen>;
  cancel(): void;
}

/** What became of a watch. Times are ms since the connection was open. */
export interface WatchSeen extends CallSeen {
  /** Each status that it told, with its time. */
  readonly told: readonly { readonly atMs: number; readonly status: string }[];
}

/** How long an answer to a PING or a call is waited for unless said otherwise, ms. */
const answerMs = 5_000;

export class HeldWire {
  readonly wire: Wire;
  /** Resolves with the connection's end. */
  readonly ended: Promise<void>;
  /** Resolves with the first GOAWAY, or the end. */
  readonly warned: Promise<void>;
  readonly #openedAtMs: number;
  readonly #service: string;
  readonly #pings: { sentMs: number; answeredMs?: number; givenUpMs?: number }[] = [];
  readonly #calls: { sentMs: number; endedMs?: number; outcome?: string; isHeld?: true }[] = [];
  readonly #goaways: GoawaySeen[] = [];
  #end: LifeEnd | undefined = undefined;
  #closing = false;

  constructor(wire: Wire, service: string) {
    this.wire = wire;
    this.#service = service;
    // The server's timers begin as it accepts, not as we read its SETTINGS.
    const greeting = wire.log.frames.find(({ from, kind }) => from === "server" && kind === "settings");
    this.#openedAtMs = (greeting?.atMs ?? wire.nowMs()) - (wire.met.settings?.tookMs ?? 0);
    this.ended = wire.ended.then((end) => {
      const how = end.kind === "fin" || end.kind === "rst" || end.kind === "timed-out" ? end.kind : "error";
      this.#end = { atMs: end.atMs - this.#openedAtMs, how: this.#closing ? "ours" : how };
    });
    let warn: () => void = () => undefined;
    this.warned = new Promise((resolve) => (warn = resolve));
    void this.ended.then(warn);
    wire.log.on((frame) => {
      if (frame.from !== "server" || frame.kind !== "goaway") return;
      const { code, lastStreamId, debugData } = frame;
      this.#goaways.push({ atMs: frame.atMs - this.#openedAtMs, code, lastStreamId, debugData });
      warn();
    });
  }

  /** Ms since the connection was open. */
  get ageMs(): number {
    return this.wire.nowMs() - this.#openedAtMs;
  }

  get isOpen(): boolean {
    return this.wire.isOpen;
  }

  /** Whether the peer has asked us to leave, or the connection is gone. */
  get isLeaving(): boolean {
    return this.#goaways.length > 0 || !this.wire.isOpen;
  }

  async ping(limitMs = answerMs): Promise<PingSeen> {
    const ping: { sentMs: number; answeredMs?: number; givenUpMs?: number } = { sentMs: this.ageMs };
    if (!this.wire.isOpen) return ping;
    this.#pings.push(ping);
    const result: PingResult = await this.wire.ping(limitMs);
    if (result.kind === "answered") ping.answeredMs = ping.sentMs + result.roundTripMs;
    else if (result.kind === "unanswered") ping.givenUpMs = ping.sentMs + result.waitedMs;
    return ping;
  }

  /** One health check, whatever comes of it. */
  async check(limitMs = answerMs): Promise<CallSeen> {
    const outcome = await this.checkWhole(limitMs);
    return { sentMs: this.ageMs - outcome.tookMs, endedMs: this.ageMs, outcome: outcomeText(outcome) };
  }

  /** The same, with all that came back. */
  async checkWhole(limitMs = answerMs): Promise<CallOutcome> {
    const call: { sentMs: number; endedMs?: number; outcome?: string } = { sentMs: this.ageMs };
    const running = this.wire.call({ path: checkPath, messages: [healthRequest(this.#service)], limitMs });
    if (running.streamId !== undefined) this.#calls.push(call);
    const outcome = await running.done;
    call.endedMs = call.sentMs + outcome.tookMs;
    call.outcome = outcomeText(outcome);
    return outcome;
  }

  /**
   * A health check whose request is not finished: a call that is open, and that no handler has been given yet. It costs the
   * server a stream, where a watch may hold one of its threads.
   */
  holdCheck(): Pick<HeldWatch, "cancel"> & { readonly done: Promise<CallOutcome>; readonly isOpen: () => boolean } {
    const call = this.wire.call({ path: checkPath, keepOpen: true, limitMs: Infinity });
    let over = call.streamId === undefined;
    const done = call.done.then((outcome) => {
      over = true;
      return outcome;
    });
    return { done, isOpen: () => !over, cancel: () => call.cancel() };
  }

  /** A call that is meant to stay open: the server tells of changes until it, or we, have enough. */
  watch(): HeldWatch {
    const sentMs = this.ageMs;
    const told: { atMs: number; status: string }[] = [];
    let begin: (served: boolean) => void = () => undefined;
    const begun = new Promise<boolean>((resolve) => (begin = resolve));
    const call: WireCall = this.wire.call({
      path: watchPath,
      messages: [healthRequest(this.#service)],
      limitMs: Infinity,
      onMessage: (message) => {
        told.push({ atMs: this.ageMs, status: servingStatus(message) });
        begin(true);
      },
    });
    const seen: { sentMs: number; endedMs?: number; outcome?: string; isHeld: true } = { sentMs, isHeld: true };
    if (call.streamId !== undefined) this.#calls.push(seen);
    const done = call.done.then((outcome) => {
      begin(false);
      seen.endedMs = sentMs + outcome.tookMs;
      seen.outcome = told.length > 0 && outcome.end.kind === "complete" ? watchEnd(outcome) : outcomeText(outcome);
      return { ...seen, told };
    });
    return { begun, told, done, cancel: () => call.cancel() };
  }

  /** How the peer introduced itself. */
  get greeting(): Greeting {
    const { met, log } = this.wire;
    const own = log.frames.filter(({ from, flagNames }) => from === "server" && !flagNames.includes("ACK"));
    return {
      settings: met.settings?.values ?? [],
      pings: own.flatMap((frame) => (frame.kind === "ping" ? [frame.opaque] : [])),
    };
  }

  /** As it is now. */
  get life(): Life {
    return {
      openedAtMs: this.#openedAtMs,
      pings: this.#pings.map((ping) => ({ ...ping })),
      calls: this.#calls.map((call) => ({ ...call })),
      goaways: [...this.#goaways],
      ...(this.#end === undefined ? {} : { end: this.#end }),
      seenMs: this.#end?.atMs ?? this.ageMs,
    };
  }

  /** Our own end of it; not waited for longer than the wire lingers. */
  async close(): Promise<void> {
    if (this.#end === undefined) this.#closing = true;
    await this.wire.close();
  }
}

/** A stream that told something ends with a status of its own, not with what it told. */
function watchEnd({ status }: CallOutcome): string {
  if (status === undefined) return "rubbish";
  return `status ${statusName(status.code)}${status.message === "" ? "" : `, ${quoted(status.message)}`}`;
}
