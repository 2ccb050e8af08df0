/**
 * What must hold in every world, whatever goes wrong in it. Owns the rules and the ledger of calls and handlers that they
 * are checked against: some at once, the rest by `sweep` when nothing moves any more. It hears facts and touches nothing;
 * who tells it is `search/`.
 */

import { mayTryAgain } from "../report/may-try-again.ts";
import type { AttemptRecord, StatusError } from "../report/status-error.ts";
import { status, statusName, type StatusCode } from "../rpc/status.ts";

/** The names of the rules. */
export type Rule =
  /** A call has no end. */
  | "never-settled"
  /** A call ran more often than its method or policy allows. */
  | "executed-twice"
  /** A call was told "not processed" and a handler was entered, or "processed" and none was. */
  | "evidence-lied"
  /** A call failed although nothing kept it from being sent again. */
  | "unprocessed-failed"
  /** A call failed in a way that nothing in its world explains. */
  | "failed-without-cause"
  /** OK, although the handler said otherwise, or not all messages came. */
  | "wrong-success"
  | "message-damaged"
  | "metadata-mixed"
  | "deadline-missed"
  | "cancel-missed"
  /** A handler works on although its call is over. */
  | "handler-forgotten"
  | "window-lost"
  | "frame-rule-broken"
  /** An end kept a connection although its keepalive should have ended it. */
  | "silent-peer-kept"
  /** A connection that is old or idle was cut before its grace was over. */
  | "cut-too-early"
  /** A connection has a stream although every call is over. */
  | "stream-leaked"
  /** Every call is over, and the receive budget still counts octets of their messages. */
  | "memory-kept"
  | "left-open"
  /** A server that knew enough to name its last stream waited. */
  | "leave-delayed"
  /** A refused call went again more often than `maxReissues` allows. */
  | "reissued-too-often"
  | "never-quiet"
  | "threw";

export interface Finding {
  readonly rule: Rule;
  readonly atMs: number;
  readonly detail: string;
  readonly callId?: number;
}

/** What a call was meant to be. */
export interface ExpectedCall {
  readonly id: number;
  readonly client: string;
  /** How often a handler may be entered for it. */
  readonly mayRun: number;
  /** What the handler will say. */
  readonly status: StatusCode;
  /** Absolute; Infinity without one. */
  readonly deadlineMs: number;
  readonly timeoutMs: number;
  /** Messages of the answer. */
  readonly responses: number;
  /** How long its reader may be busy with messages that came before the end, ms. */
  readonly readMs: number;
}

/** What the world did to those in it. */
export interface Situation {
  nowMs(): number;
  /** Connections were cut, processes killed. */
  readonly rough: boolean;
  /** Some server could not be reached at some time. */
  readonly hadOutage: boolean;
  /** Some server may have to drop half-received messages. */
  readonly shortOfMemory: boolean;
  /** For how long the event loop of a host was blocked, at most, since a moment, ms. */
  blockedMs(host: string, sinceMs: number): number;
}

export interface CallRecord extends ExpectedCall {
  readonly startedAtMs: number;
  readonly entries: HandlerRecord[];
  /** Messages of the answer that came. */
  received: number;
  cancelledAtMs: number | undefined;
  end: CallEnd | undefined;
}

export type CallEnd =
  | { readonly kind: "ok" }
  /** The reader of a stream went away before its end. */
  | { readonly kind: "left" }
  /** The client's process died. */
  | { readonly kind: "lost" }
  | { readonly kind: "failed"; readonly error: StatusError };

export interface HandlerRecord {
  readonly server: string;
  readonly atMs: number;
  /** When the handler knows that its call is over: it returned, or its signal was aborted. */
  overAtMs: number | undefined;
  /** When its signal should be aborted, on the server's clock; Infinity if it has no deadline, or does not listen. */
  readonly deadlineMs: number;
  /** It went down with its process. */
  killed: boolean;
}

/** A timer fires at the next millisecond, and verdicts wait for one poll of the sockets. */
const toleranceMs = 5;
/** The longest wait before a reissue: 2 s and a fifth of jitter (`reissue-policy.ts`). */
const longestReissueWaitMs = 2_400;
/** Headers wait for the kernel's buffers (half a mebibyte at 2 MB/s), one way, and the hundredth of `grpc-timeout`. */
const onTheWayMs = 2_000;
/** What lies before a GOAWAY on a slow link leaves within a second. */
const leaveMs = 1_000;
/** Once refused and sent again five times (`defaultReissue`). */
const refusalsAllowed = 6;

export class Invariants {
  readonly findings: Finding[] = [];
  readonly calls = new Map<number, CallRecord>();
  readonly #situation: Situation;
  #openCalls = 0;
  #openHandlers = 0;
  #begun = 0;

  constructor(situation: Situation) {
    this.#situation = situation;
  }

  get openCalls(): number {
    return this.#openCalls;
  }

  get openHandlers(): number {
    return this.#openHandlers;
  }

  /** How many calls have settled and handlers have ended: it grows while a world gets on. */
  get ended(): number {
    return this.#begun - this.#openCalls - this.#openHandlers;
  }

  get nowMs(): number {
    return this.#situation.nowMs();
  }

  /** See `Situation`. */
  blockedMs(host: string, sinceMs: number): number {
    return this.#situation.blockedMs(host, sinceMs);
  }

  /** An end named its last stream, and had heard at `answeredAtMs` all that it waits for, RFC 9113 §6.8. */
  leftAt(who: string, host: string, answeredAtMs: number): void {
    const lateMs = this.nowMs - answeredAtMs - this.#situation.blockedMs(host, answeredAtMs);
    // In a rough world what it says may stand in line behind what the network holds up.
    if (this.#situation.rough || lateMs <= leaveMs) return;
    this.found("leave-delayed", `${who} named its last stream ${lateMs.toFixed(3)} ms after its PING was answered`);
  }

  found(rule: Rule, detail: string, callId?: number): void {
    const atMs = this.#situation.nowMs();
    this.findings.push({ rule, atMs, detail, ...(callId === undefined ? {} : { callId }) });
  }

  begun(expected: ExpectedCall): CallRecord {
    const startedAtMs = this.#situation.nowMs();
    const call: CallRecord = {
      ...expected,
      startedAtMs,
      entries: [],
      received: 0,
      cancelledAtMs: undefined,
      end: undefined,
    };
    this.calls.set(call.id, call);
    this.#openCalls++;
    this.#begun++;
    return call;
  }

  /** A handler's first act. */
  entered(callId: number, server: string, deadlineMs: number): HandlerRecord {
    const entry: HandlerRecord = {
      server,
      atMs: this.#situation.nowMs(),
      overAtMs: undefined,
      deadlineMs,
      killed: false,
    };
    this.#openHandlers++;
    this.#begun++;
    const call = this.calls.get(callId);
    if (call === undefined) {
      this.found("metadata-mixed", `${server} was asked for call ${callId}, which nobody made`);
      return entry;
    }
    call.entries.push(entry);
    if (call.entries.length > call.mayRun) {
      const times = call.entries.map(({ server: name, atMs }) => `${name} at ${atMs.toFixed(3)}`).join(", ");
      this.found("executed-twice", `it may run ${call.mayRun} times, and ran on ${times}`, callId);
    }
    return entry;
  }

  /** What the server takes for the deadline of a call, on the world's clock: the time on the way may be added. */
  toldDeadline(callId: number, server: string, deadlineMs: number): void {
    const call = this.calls.get(callId);
    if (call === undefined || this.#situation.rough) return;
    const blockedMs = [call.client, server].map((host) => this.#situation.blockedMs(host, call.startedAtMs));
    const lateMs = deadlineMs - call.deadlineMs - Math.max(...blockedMs);
    if (call.deadlineMs === Infinity ? deadlineMs === Infinity : lateMs <= onTheWayMs) return;
    this.found("deadline-missed", `${server} gives it until ${lateMs.toFixed(3)} ms after its deadline`, callId);
  }

  /** The handler returned, threw, or was told that its call is over. */
  over(entry: HandlerRecord, callId: number): void {
    if (entry.overAtMs !== undefined || entry.killed) return;
    entry.overAtMs = this.#situation.nowMs();
    this.#openHandlers--;
    const lateMs = entry.overAtMs - entry.deadlineMs - this.#situation.blockedMs(entry.server, entry.deadlineMs);
    if (lateMs > toleranceMs) {
      this.found(
        "deadline-missed",
        `the handler on ${entry.server} was told ${lateMs.toFixed(3)} ms after its deadline`,
        callId,
      );
    }
  }

  killed(entry: HandlerRecord): void {
    if (entry.overAtMs === undefined && !entry.killed) this.#openHandlers--;
    entry.killed = true;
  }

  settled(call: CallRecord, end: CallEnd): void {
    if (call.end !== undefined) {
      this.found("never-settled", "it settled a second time", call.id);
      return;
    }
    call.end = end;
    this.#openCalls--;
    if (end.kind === "lost") return;
    this.#judgeTime(call);
    if (end.kind === "failed") this.#judgeFailure(call, end.error);
    if (end.kind === "ok") this.#judgeSuccess(call);
  }

  /** To be called when nothing moves any more. */
  sweep(): void {
    for (const call of this.calls.values()) {
      this.#judgeEvidence(call);
      if (call.end === undefined) this.found("never-settled", `open since ${call.startedAtMs.toFixed(3)} ms`, call.id);
      for (const { server, atMs, overAtMs, killed } of call.entries) {
        if (overAtMs !== undefined || killed) continue;
        this.found(
          "handler-forgotten",
          `the handler on ${server}, entered at ${atMs.toFixed(3)}, was never told`,
          call.id,
        );
      }
    }
  }

  #judgeTime(call: CallRecord): void {
    const nowMs = this.#situation.nowMs();
    for (const [rule, dueMs] of [
      ["deadline-missed", call.deadlineMs],
      ["cancel-missed", call.cancelledAtMs ?? Infinity],
    ] as const) {
      const lateMs = nowMs - dueMs - this.#situation.blockedMs(call.client, dueMs) - call.readMs;
      if (lateMs > toleranceMs) this.found(rule, `it settled ${lateMs.toFixed(3)} ms late`, call.id);
    }
  }

  #judgeSuccess(call: CallRecord): void {
    if (call.status !== status.OK) this.found("wrong-success", `the handler says ${statusName(call.status)}`, call.id);
    if (call.received === call.responses) return;
    this.found("wrong-success", `${call.received} of ${call.responses} messages came`, call.id);
  }

  #judgeFailure(call: CallRecord, error: StatusError): void {
    const refusals = error.attempts.filter(wasRefused).length;
    // A retryPolicy that names UNAVAILABLE goes on where reissues end.
    if (refusals > refusalsAllowed + call.mayRun - 1)
      this.found("reissued-too-often", `refused ${refusals} times`, call.id);
    if (!this.#isExplained(call, error)) this.found("failed-without-cause", error.message, call.id);
    if (mustGoAgain(error) && !this.#couldNotGoAgain(call, error)) {
      this.found("unprocessed-failed", error.message, call.id);
    }
  }

  #isExplained(call: CallRecord, error: StatusError): boolean {
    const { rough, hadOutage } = this.#situation;
    if (error.reason === "PEER_STATUS" && error.code === call.status) return true;
    if (error.code === status.CANCELLED) return call.cancelledAtMs !== undefined;
    if (error.code === status.DEADLINE_EXCEEDED) {
      // `grpc-timeout` may be a hundredth short.
      return this.#situation.nowMs() >= call.deadlineMs - call.timeoutMs / 100 - 1;
    }
    if (error.code === status.RESOURCE_EXHAUSTED && error.reason === "STREAM_RESET") {
      return this.#situation.shortOfMemory;
    }
    // A server takes no new streams while its memory is spent.
    if (error.reason === "REFUSED_STREAM" && this.#situation.shortOfMemory) {
      return error.attempts.filter(wasRefused).length >= refusalsAllowed || this.#isOutOfTime(call);
    }
    // What could only wait for its deadline says at once why.
    if (mustGoAgain(error) && this.#isOutOfTime(call)) return true;
    return error.code === status.UNAVAILABLE && (rough || (hadOutage && wasNeverReady(error)));
  }

  #couldNotGoAgain(call: CallRecord, error: StatusError): boolean {
    if (wasNeverReady(error)) return this.#situation.hadOutage;
    if (error.attempts.filter(wasRefused).length >= refusalsAllowed) return true;
    return this.#isOutOfTime(call);
  }

  #isOutOfTime(call: CallRecord): boolean {
    return call.deadlineMs - this.#situation.nowMs() <= longestReissueWaitMs;
  }

  #judgeEvidence(call: CallRecord): void {
    const { end, entries } = call;
    const told = end?.kind === "failed" ? end.error.processed : end?.kind === "ok" ? "yes" : "maybe";
    if (told === "no" && entries.length > 0) {
      const text = entries.map(({ server, atMs }) => `${server} ran it at ${atMs.toFixed(3)}`).join(", ");
      this.found("evidence-lied", `told "not processed", and ${text}`, call.id);
    }
    if (told === "yes" && entries.length === 0)
      this.found("evidence-lied", `told "processed", and nobody ran it`, call.id);
  }
}

/** The wire proves that it was not processed, and nobody ended it on purpose. */
function mustGoAgain(error: StatusError): boolean {
  return mayTryAgain(error, { kind: "unprocessed" }).again;
}

function wasNeverReady({ evidence }: Pick<StatusError, "evidence">): boolean {
  return evidence.some(({ kind }) => kind === "never-ready");
}

function wasRefused({ evidence }: AttemptRecord): boolean {
  return evidence.some(({ kind }) => kind === "refused-stream" || kind === "goaway-above-last-id");
}
