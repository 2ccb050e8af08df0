import type { Host, Timer } from "../host/host.ts";
import { errorCode } from "../http2/error-code.ts";
import type { HeaderList } from "../http2/header-list.ts";
import type { StreamEnd } from "../http2/stream.ts";
import { strongest } from "../report/evidence.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { type AttemptRecord, StatusError } from "../report/status-error.ts";
import { metadataFromHeaders } from "../rpc/metadata.ts";
import { status } from "../rpc/status.ts";
import { stallsOf } from "../transport/stalls.ts";
import type { Transport } from "../transport/transport.ts";
import { Attempt, type AttemptOwner } from "./attempt.ts";
import type { Pick } from "./balance/balancer.ts";
import { evidenceSoFar, failure, type Failure, failureOfStream } from "./failure.ts";
import { type Again, decideAgain, type ReissueOptions } from "./reissue-policy.ts";
import type { RequestBody } from "./request-body.ts";
import type { RetryPolicy } from "./service-config.ts";

/** The part of a channel that an exchange needs. */
export interface ExchangeHome {
  readonly host: Host;
  readonly reissue: ReissueOptions;
  readonly trustRefusedStream: boolean;
  pick(): HomePick;
  /** Why nothing could be reached when that was last asked; undefined once something could. */
  readonly trouble: TerminationReport | undefined;
  /** Calls `exchange.tryNow` when a pick may go better. */
  enqueue(exchange: Exchange): void;
  /** A stream of ours ended: its slot may serve another. */
  slotFreed(): void;
  /** An attempt, or a search for a connection, failed, and another follows after `delayMs`. */
  goesAgain?(exchange: Exchange, failed: Failure, delayMs: number): void;
  /** The exchange is over: with `failed` as its error if there is one, and `attempt` if one was under way. */
  settled(exchange: Exchange, failed: Failure | undefined, attempt: Attempt | undefined): void;
}

/** A balancer's pick, with a failure in place of a report. */
export type HomePick = Exclude<Pick, { kind: "fail" }> | { readonly kind: "fail"; readonly failure: Failure };

/** Who gets the answer. Called on the parser's stack; a returned failure ends the exchange. */
export interface Answer {
  /** The header section of a request; made anew for each attempt. */
  headers(previousAttempts: number, remainingMs: number): HeaderList;
  /**
   * The first header section of an attempt's answer. `commit`: it is the answer, and goes on to the application. A
   * failure: it is not (yet), and another attempt may be made.
   */
  judge(list: HeaderList, endStream: boolean): "commit" | JudgedFailure;
  onData(bytes: Uint8Array): Failure | undefined;
  /** The answer is whole. */
  onEnd(trailers: HeaderList | undefined): Failure | undefined;
  /** The last word, told outside of the parser's stack. */
  onSettled(error: StatusError | undefined): void;
}

/** A failure that the answer's headers tell. */
export interface JudgedFailure extends Failure {
  /** `grpc-retry-pushback-ms`, as it came (gRFC A6). */
  readonly pushback?: string;
}

export interface ExchangeOptions {
  /** On the host's clock; Infinity for none. */
  readonly deadlineMs: number;
  /** As the caller gave it, for the message. */
  readonly timeoutMs: number;
  readonly waitForReady: boolean;
  readonly signal: AbortSignal | undefined;
  readonly retryPolicy: RetryPolicy | undefined;
}

type Phase =
  /** Waiting for a connection. */
  | { readonly kind: "queued" }
  | { readonly kind: "live"; readonly attempt: Attempt }
  /** Between two attempts. */
  | { readonly kind: "resting"; readonly timer: Timer }
  | { readonly kind: "settled" };

/**
 * One request and its answer over as many attempts as evidence and policy allow. It always settles, exactly once. Used
 * by gRPC calls and by the plain HTTP/2 face.
 */
export class Exchange implements AttemptOwner {
  readonly #home: ExchangeHome;
  readonly #body: RequestBody;
  readonly #answer: Answer;
  readonly #options: ExchangeOptions;
  #phase: Phase = { kind: "queued" };
  /** The answer goes to the application: no other attempt will be made. */
  #committed = false;
  #attempts = 0;
  #reissues = 0;
  #retries = 0;
  #backoffStep = 0;
  #records: AttemptRecord[] = [];
  #deadline: Timer | undefined = undefined;
  #onAbort: (() => void) | undefined = undefined;

  constructor(home: ExchangeHome, body: RequestBody, answer: Answer, options: ExchangeOptions) {
    this.#home = home;
    this.#body = body;
    this.#answer = answer;
    this.#options = options;
  }

  start(): void {
    const { deadlineMs, signal } = this.#options;
    if (signal !== undefined) {
      if (signal.aborted) return this.cancel(signal.reason);
      this.#onAbort = () => this.cancel(signal.reason);
      signal.addEventListener("abort", this.#onAbort, { once: true });
    }
    const { host } = this.#home;
    if (deadlineMs !== Infinity) {
      this.#deadline = host.timer(Math.max(0, deadlineMs - host.nowMs()), () => {
        stallsOf(host).fired(deadlineMs, host.nowMs());
        // An answer may lie in the kernel: one poll of the sockets goes before the verdict.
        this.#deadline = host.timer(0, () => this.#timeOut());
      });
    }
    this.tryNow();
  }

  get settled(): boolean {
    return this.#phase.kind === "settled";
  }

  /** The attempt whose answer is being read, for flow control. */
  get live(): Attempt | undefined {
    return this.#phase.kind === "live" ? this.#phase.attempt : undefined;
  }

  /** Asks for a connection, and begins an attempt on it. */
  tryNow(): void {
    if (this.#phase.kind === "queued") this.tryWith(this.#home.pick());
  }

  /** The same with a pick that was made for it. */
  tryWith(pick: HomePick): void {
    if (this.#phase.kind !== "queued") return;
    // What was not sent in time is not sent at all: nobody waits for its answer.
    if (this.#home.host.nowMs() >= this.#options.deadlineMs) return this.#timeOut();
    if (pick.kind === "transport" && this.#begin(pick.transport)) return;
    if (pick.kind === "fail" && !this.#options.waitForReady) this.#attemptFailed(undefined, pick.failure);
    else this.#home.enqueue(this);
  }

  /** The caller does not want it any more. */
  cancel(reason: unknown): void {
    const text = reason instanceof Error ? `cancelled by the caller: ${reason.message}` : "cancelled by the caller";
    this.stop((evidence) => failure("CANCELLED_BY_CALLER", status.CANCELLED, text, evidence, { cause: reason }));
  }

  /** The channel is closed under it. */
  fail(told: Failure): void {
    this.stop(() => told);
  }

  #begin(transport: Transport): boolean {
    const { host } = this.#home;
    const nowMs = host.nowMs();
    const attempt = new Attempt(this, this.#attempts + 1, nowMs, transport);
    const list = this.#answer.headers(this.#retries, this.#options.deadlineMs - nowMs);
    const oversize = faultInSize(list, transport.connection.maxHeaderListBytes);
    if (oversize !== undefined) {
      this.#end(oversize);
      return true;
    }
    const stream = transport.connection.open(list, this.#body.empty, attempt);
    if (stream === undefined) return false;
    this.#attempts++;
    attempt.stream = stream;
    this.#phase = { kind: "live", attempt };
    if (!this.#body.empty) this.#body.attach(transport.connection, stream);
    // The connection may have ended in this very act.
    if (stream.state === "closed") this.onClosed(attempt, { kind: "connection" });
    return true;
  }

  onHeaders(attempt: Attempt, list: HeaderList, endStream: boolean): void {
    if (!this.#isLive(attempt)) return;
    const judged = this.#answer.judge(list, endStream);
    if (judged !== "commit") {
      this.#attemptFailed(attempt, judged, judged.pushback);
      return;
    }
    this.#committed = true;
    this.#body.commit();
    if (endStream) this.#whole(undefined);
  }

  onData(attempt: Attempt, bytes: Uint8Array, endStream: boolean): void {
    if (!this.#isLive(attempt)) return;
    const broken = this.#answer.onData(bytes);
    if (broken !== undefined) this.#end(broken);
    else if (endStream) this.#whole(undefined);
  }

  onTrailers(attempt: Attempt, list: HeaderList): void {
    if (this.#isLive(attempt)) this.#whole(list);
  }

  onDrain(attempt: Attempt): void {
    if (this.#isLive(attempt)) this.#home.host.defer(() => this.#body.onDrain());
  }

  onClosed(attempt: Attempt, end: StreamEnd): void {
    this.#home.slotFreed();
    if (!this.#isLive(attempt)) return;
    const passed = this.#home.host.nowMs() >= this.#options.deadlineMs;
    const { report } = attempt.transport;
    this.#attemptFailed(attempt, failureOfStream(end, attempt.facts(), report, this.#home.trustRefusedStream, passed));
  }

  /** An attempt, or a search for a connection, is over and did not bring the answer: another, or the end. */
  #attemptFailed(attempt: Attempt | undefined, failed: Failure, pushback?: string): void {
    const again = this.#decide(failed, pushback);
    const { host } = this.#home;
    // One that could only wait for its deadline had better say now what happened.
    if (again.kind === "stop" || host.nowMs() + again.delayMs >= this.#options.deadlineMs) {
      this.#end(again.kind === "stop" ? failed : this.#unlessLate(failed));
      return;
    }
    this.#note(failed, attempt);
    this.#home.goesAgain?.(this, failed, again.delayMs);
    // First it stops being the live one: a stream that is reset tells `onClosed` on the spot.
    this.#phase = { kind: "queued" };
    if (attempt !== undefined) this.#leave(attempt);
    if (again.kind === "retry") {
      this.#retries++;
      this.#backoffStep = again.backoffStep;
    } else if (again.counts) this.#reissues++;
    this.#rest(again.delayMs);
  }

  /** It would go again but for its deadline. One that has passed (our own clock is late) is the reason, then. */
  #unlessLate(failed: Failure): Failure {
    const { deadlineMs, timeoutMs } = this.#options;
    if (this.#home.host.nowMs() < deadlineMs) return failed;
    const text = `the deadline of ${timeoutMs} ms passed, and the attempt failed: ${failed.text}`;
    return { ...failed, reason: "DEADLINE_EXCEEDED", code: status.DEADLINE_EXCEEDED, text };
  }

  #decide(failed: Failure, pushback: string | undefined): Again {
    if (this.#committed || !this.#body.replayable) return { kind: "stop" };
    return decideAgain(
      failed,
      { reissues: this.#reissues, retries: this.#retries, backoffStep: this.#backoffStep, pushback },
      this.#home.reissue,
      this.#options.retryPolicy,
      this.#home.host.random(),
    );
  }

  #rest(delayMs: number): void {
    const { host } = this.#home;
    const go = (): void => {
      if (this.#phase.kind !== "resting") return;
      this.#phase = { kind: "queued" };
      this.tryNow();
    };
    if (delayMs > 0) this.#phase = { kind: "resting", timer: host.timer(delayMs, go) };
    else {
      // On the parser's stack, where the connection's other streams have yet to hear the same news.
      this.#phase = { kind: "resting", timer: { cancel: () => undefined } };
      host.defer(go);
    }
  }

  #timeOut(): void {
    const { live } = this;
    const trouble = live === undefined ? this.#home.trouble : undefined;
    const why = trouble === undefined ? "" : `: ${trouble.summary}`;
    const waiting = live === undefined ? `waiting for a connection${why}` : `waiting for the answer of ${live.peer}`;
    const text = `the deadline of ${this.#options.timeoutMs} ms passed, ${waiting}`;
    const more = trouble === undefined ? {} : { report: trouble };
    this.stop((evidence) => failure("DEADLINE_EXCEEDED", status.DEADLINE_EXCEEDED, text, evidence, more));
  }

  /** Ends it for a reason of this side, with the evidence so far. */
  stop(because: (evidence: Failure["evidence"]) => Failure): void {
    if (this.#phase.kind === "settled") return;
    const facts = this.live?.facts();
    const evidence = facts === undefined ? [{ kind: "never-sent" } as const] : evidenceSoFar(facts);
    if (facts?.headSent === true) evidence.push({ kind: "reset-by-us", code: errorCode.CANCEL });
    this.#end(because(evidence));
  }

  /** The answer is whole, for better or worse. */
  #whole(trailers: HeaderList | undefined): void {
    const failed = this.#answer.onEnd(trailers);
    if (failed === undefined) this.#settle(undefined);
    else this.#end(failed);
  }

  #end(failed: Failure): void {
    this.#note(failed, this.live);
    this.#settle(failed);
  }

  #settle(failed: Failure | undefined): void {
    if (this.#phase.kind === "settled") return;
    const before = this.#phase;
    this.#phase = { kind: "settled" };
    this.#deadline?.cancel();
    if (this.#onAbort !== undefined) this.#options.signal?.removeEventListener("abort", this.#onAbort);
    if (before.kind === "resting") before.timer.cancel();
    if (before.kind === "live") this.#leave(before.attempt);
    this.#home.settled(this, failed, before.kind === "live" ? before.attempt : undefined);
    this.#body.close();
    const error = failed === undefined ? undefined : this.#errorOf(failed);
    this.#home.host.defer(() => this.#answer.onSettled(error));
  }

  /** Lets go of an attempt's stream; one that is not over is reset. */
  #leave(attempt: Attempt): void {
    this.#body.detach();
    const { stream, transport, answered } = attempt;
    if (stream === undefined || stream.state === "closed") return;
    // An answer that came before the request was whole ends the request too, RFC 9113 §8.1.
    if (!answered || stream.state === "open" || stream.state === "half-closed-remote") {
      transport.connection.reset(stream, answered ? errorCode.NO_ERROR : errorCode.CANCEL);
    }
  }

  #note(failed: Failure, attempt: Attempt | undefined): void {
    const { code, reason, processed, evidence, text, report } = failed;
    const nowMs = this.#home.host.nowMs();
    this.#records.push({
      number: this.#records.length + 1,
      startedAtMs: attempt?.startedAtMs ?? nowMs,
      endedAtMs: nowMs,
      code,
      reason,
      processed,
      evidence,
      text,
      ...(attempt === undefined ? {} : { peer: attempt.peer }),
      ...(report === undefined ? {} : { report }),
    });
  }

  #errorOf(failed: Failure): StatusError {
    const { code, reason, text, evidence, report, details, trailers } = failed;
    return new StatusError(code, text, {
      reason,
      evidence,
      processed: strongest(this.#records.map((record) => record.processed)),
      attempts: this.#records,
      ...(report === undefined ? {} : { report }),
      ...(details === undefined ? {} : { details }),
      ...(trailers === undefined ? {} : { metadata: metadataFromHeaders(trailers) }),
      ...("cause" in failed ? { cause: failed.cause } : {}),
    });
  }

  /** Kept by the home's roster of open exchanges. */
  rosterPlace = -1;

  /** Whether it stands in its home's queue; kept by the home. */
  inQueue = false;

  #isLive(attempt: Attempt): boolean {
    return this.#phase.kind === "live" && this.#phase.attempt === attempt;
  }
}

/** A list over the peer's SETTINGS_MAX_HEADER_LIST_SIZE may cost the whole connection, RFC 9113 §10.5.1. */
function faultInSize(list: HeaderList, limitBytes: number): Failure | undefined {
  if (limitBytes === Infinity) return undefined;
  // RFC 9113 §6.5.2: 32 octets for each field, beside name and value.
  let bytes = list.length * 16;
  for (const text of list) bytes += text.length;
  if (bytes <= limitBytes) return undefined;
  const text = `request metadata of ${bytes} bytes is over the limit of ${limitBytes} that the peer announced`;
  return failure("MESSAGE_TOO_LARGE", status.RESOURCE_EXHAUSTED, text, [{ kind: "never-sent" }]);
}
