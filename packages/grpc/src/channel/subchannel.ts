import type { Address, Host, Timer } from "../host/host.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import type { LivenessPolicy } from "../http2/liveness-state.ts";
import { dial, type DialOptions } from "../transport/dial.ts";
import type { PeerGoaway } from "../http2/connection.ts";
import type { Transport, TransportEvents } from "../transport/transport.ts";
import { durationText } from "../report/duration-text.ts";
import { addressText } from "../transport/address-text.ts";
import { debugLogOf } from "../transport/debug-log.ts";
import { isTooManyPings } from "./keepalive-policy.ts";
import { connectionBackoff, backoffMs } from "./backoff.ts";
import type { AddressInspection } from "../watch/inspection.ts";
import { step, type Subchannel as State, subchannelDeadline, type SubchannelInput } from "./subchannel-state.ts";

/** What a subchannel needs from its channel. */
export interface SubchannelOwner {
  /** Whether a call may want the next connection: if not, one that is lost is not replaced. */
  readonly wanted: boolean;
  /** How the next connection asks whether its peer lives. */
  readonly liveness: LivenessPolicy;
  /** The state changed, or streams may be opened that could not before. */
  onChange(): void;
  reResolve(): void;
  /** A connection is being made; `onReport` will tell its end. */
  onDial(transport: Transport): void;
  /** The peer ends a connection because it was asked too often, as `liveness` had it. */
  onTooManyPings(transport: Transport, liveness: LivenessPolicy): void;
  /** A connection ended; for logs and inspection. */
  onReport(report: TerminationReport): void;
}

/**
 * One address: keeps the current state of `subchannel-state.ts`, runs its effects, and holds the connections: the one
 * that takes calls, and those that left and still finish theirs.
 */
export class Subchannel {
  readonly address: Address;
  readonly #host: Host;
  readonly #dial: Omit<DialOptions, "address" | "liveness">;
  readonly #owner: SubchannelOwner;
  #state: State = { kind: "idle" };
  #current: Transport | undefined = undefined;
  #leaving: readonly Transport[] = nobody;
  #timer: Timer | undefined = undefined;
  /** How the last connection, or attempt at one, ended. */
  #lastReport: TerminationReport | undefined = undefined;

  constructor(
    host: Host,
    address: Address,
    options: Omit<DialOptions, "address" | "liveness">,
    owner: SubchannelOwner,
  ) {
    this.#host = host;
    this.address = address;
    this.#dial = options;
    this.#owner = owner;
  }

  get kind(): State["kind"] {
    return this.#state.kind;
  }

  get lastReport(): TerminationReport | undefined {
    return this.#lastReport;
  }

  /** As it stands. Changes nothing. */
  inspect(): AddressInspection {
    const state = this.#state;
    return {
      address: addressText(this.address),
      state: state.kind,
      ...("retryAtMs" in state ? { againInMs: state.retryAtMs - this.#host.nowMs() } : {}),
      ...(this.#current === undefined ? {} : { connectionId: this.#current.id }),
    };
  }

  /** The connection that takes calls, if there is one. */
  get transport(): Transport | undefined {
    if (this.#state.kind === "ready" && this.#current?.connection.exhausted === true) this.#lose(this.#current);
    return this.#state.kind === "ready" ? this.#current : undefined;
  }

  /** A connection is wanted here. */
  want(): void {
    this.#step({ kind: "wanted" });
  }

  /** Open streams are left to finish when `graceful`; otherwise they end now. */
  close(graceful: boolean): void {
    this.#step({ kind: "close" });
    this.#timer?.cancel();
    const transports = this.#current === undefined ? [...this.#leaving] : [this.#current, ...this.#leaving];
    for (const transport of transports) {
      if (graceful && transport.connection.openStreams > 0) transport.drain();
      else transport.close("closed");
    }
  }

  #step(input: SubchannelInput): void {
    const before = this.#state;
    const nowMs = this.#host.nowMs();
    const [next, effects] = step(before, input, nowMs, (attempt) =>
      backoffMs(attempt, connectionBackoff, this.#host.random()),
    );
    this.#state = next;
    if (next.kind !== before.kind) this.#tell(before.kind, next, nowMs);
    for (const effect of effects) {
      if (effect === "connect") this.#connect();
      else this.#owner.reResolve();
    }
    if (next !== before) {
      this.#armTimer(nowMs);
      this.#owner.onChange();
    } else if (input.kind === "tick") {
      // The timer rang early, by what rounding its delay may cost: without another nobody would ever dial again.
      this.#armTimer(nowMs);
    }
  }

  #tell(before: State["kind"], next: State, nowMs: number): void {
    const log = debugLogOf(this.#host);
    const again = "retryAtMs" in next ? `, again in ${durationText(next.retryAtMs - nowMs)}` : "";
    log?.say("channel", `address ${addressText(this.address)}: ${before}, now ${next.kind}${again}`);
  }

  #connect(): void {
    const { liveness } = this.#owner;
    const link = new Link(this, liveness);
    this.#current = link.transport = dial(this.#host, { ...this.#dial, liveness, address: this.address }, link);
    this.#owner.onDial(link.transport);
  }

  // --- what its connections tell ---

  ready(): void {
    this.#step({ kind: "ready" });
  }

  settingsChanged(): void {
    this.#owner.onChange();
  }

  /** The peer says that it will end this connection. */
  leaving({ transport, liveness }: Link, goaway: PeerGoaway): void {
    if (isTooManyPings(goaway)) this.#owner.onTooManyPings(transport, liveness);
    this.#lose(transport);
  }

  unusable({ transport }: Link): void {
    this.#lastReport = transport.report;
    this.#lose(transport);
  }

  ended({ transport }: Link, report: TerminationReport): void {
    this.#leaving = this.#leaving.filter((one) => one !== transport);
    this.#owner.onReport(report);
  }

  /** A connection takes no more calls. It stays until its streams are done, if it still has any. */
  #lose(transport: Transport): void {
    if (transport !== this.#current) return;
    this.#current = undefined;
    if (transport.report === undefined) {
      this.#leaving = [...this.#leaving, transport];
      // Our own GOAWAY, and the end of the connection when its last stream is done.
      this.#host.defer(() => transport.drain());
    }
    this.#step({ kind: "lost", useful: transport.useful, wanted: this.#owner.wanted });
  }

  #armTimer(nowMs: number): void {
    this.#timer?.cancel();
    const dueMs = subchannelDeadline(this.#state);
    this.#timer =
      dueMs === Infinity
        ? undefined
        : this.#host.timer(dueMs - nowMs, () => this.#step({ kind: "tick" }), { background: true });
  }
}

/** One connection of a subchannel: hears it. */
class Link implements TransportEvents {
  readonly #subchannel: Subchannel;
  /** How it asks whether its peer lives. */
  readonly liveness: LivenessPolicy;
  transport!: Transport;

  constructor(subchannel: Subchannel, liveness: LivenessPolicy) {
    this.#subchannel = subchannel;
    this.liveness = liveness;
  }

  onReady(): void {
    this.#subchannel.ready();
  }

  onSettings(): void {
    this.#subchannel.settingsChanged();
  }

  onStream(): never {
    throw new Error("a server cannot open streams: push is off");
  }

  onGoaway(goaway: PeerGoaway): void {
    this.#subchannel.leaving(this, goaway);
  }

  onUnusable(): void {
    this.#subchannel.unusable(this);
  }

  onEnded(report: TerminationReport): void {
    this.#subchannel.ended(this, report);
  }
}

const nobody: readonly Transport[] = [];
