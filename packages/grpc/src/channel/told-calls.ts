/**
 * Tells a debug log about calls: stands between exchanges and their home. Only made where somebody asked for calls, so
 * that calls cost nothing elsewhere. What goes over the wire is told with its connection.
 */

import type { Host } from "../host/host.ts";
import { durationText } from "../report/duration-text.ts";
import { printable } from "../report/printable.ts";
import { statusName } from "../rpc/status.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { maskField } from "../watch/mask-field.ts";
import { type DebugLog, debugLogOf } from "../transport/debug-log.ts";
import type { Attempt } from "./attempt.ts";
import type { Exchange, ExchangeHome, HomePick } from "./exchange.ts";
import type { Failure } from "./failure.ts";
import type { ReissueOptions } from "./reissue-policy.ts";

/** Undefined where nobody asked: exchanges then belong to `home` itself. `what` is for people. */
export function toldCallsOf(home: ExchangeHome, what: string): ToldCalls | undefined {
  const log = debugLogOf(home.host);
  return log?.asksFor("calls") === true ? new ToldCalls(home, log, what) : undefined;
}

interface ToldCall {
  readonly number: number;
  readonly beganAtMs: number;
}

class ToldCalls implements ExchangeHome {
  readonly host: Host;
  readonly #home: ExchangeHome;
  readonly #log: DebugLog;
  /** `/shop.Shop/Read` */
  readonly #what: string;
  readonly #calls = new WeakMap<Exchange, ToldCall>();

  constructor(home: ExchangeHome, log: DebugLog, what: string) {
    this.host = home.host;
    this.#home = home;
    this.#log = log;
    this.#what = printable(maskField(":path", what)[1]);
  }

  get reissue(): ReissueOptions {
    return this.#home.reissue;
  }

  get trustRefusedStream(): boolean {
    return this.#home.trustRefusedStream;
  }

  get trouble(): TerminationReport | undefined {
    return this.#home.trouble;
  }

  /** To be told before the exchange starts. */
  began(exchange: Exchange, timeoutMs: number): void {
    const call = { number: ++this.#log.lastCall, beganAtMs: this.host.nowMs() };
    this.#calls.set(exchange, call);
    const deadline = timeoutMs === Infinity ? "no deadline" : `deadline in ${durationText(timeoutMs)}`;
    this.#say(exchange, `begins, ${deadline}: ${this.#what}`);
  }

  pick(): HomePick {
    return this.#home.pick();
  }

  enqueue(exchange: Exchange): void {
    this.#say(exchange, "waits for a connection");
    this.#home.enqueue(exchange);
  }

  slotFreed(): void {
    this.#home.slotFreed();
  }

  goesAgain(exchange: Exchange, failed: Failure, delayMs: number): void {
    const when = delayMs > 0 ? `in ${durationText(delayMs)}` : "at once";
    this.#say(exchange, `goes again ${when}: ${failureText(failed)}`);
  }

  settled(exchange: Exchange, failed: Failure | undefined, attempt: Attempt | undefined): void {
    const beganAtMs = this.#calls.get(exchange)?.beganAtMs ?? this.host.nowMs();
    const where = attempt === undefined ? "" : ` on conn ${attempt.transport.id} stream ${attempt.stream?.id ?? 0}`;
    const how = failed === undefined ? "OK" : failureText(failed);
    this.#say(exchange, `ends after ${durationText(this.host.nowMs() - beganAtMs)}${where}: ${how}`);
    this.#home.settled(exchange, failed, attempt);
  }

  #say(exchange: Exchange, text: string): void {
    this.#log.say("calls", `call ${this.#calls.get(exchange)?.number ?? 0} ${text}`);
  }
}

function failureText({ code, reason, processed, text }: Failure): string {
  return `${statusName(code)} [${reason}] ${printable(text)}; processed: ${processed}`;
}
