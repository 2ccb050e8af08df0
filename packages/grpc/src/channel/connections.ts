import type { Address, Host, SocketError, Timer } from "../host/host.ts";
import { RecentReports } from "../report/recent-reports.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { RingQueue } from "../http2/ring-queue.ts";
import { Roster } from "../http2/roster.ts";
import type { Evidence } from "../report/evidence.ts";
import { printable } from "../report/printable.ts";
import { reasonEntry } from "../report/reasons.ts";
import { status } from "../rpc/status.ts";
import type { LivenessPolicy } from "../http2/liveness-state.ts";
import { type ChannelInspection, defaultMaxShown, type InspectOptions } from "../watch/inspection.ts";
import type { Transport } from "../transport/transport.ts";
import type { DialOptions } from "../transport/dial.ts";
import type { Balancer, SubchannelFactory } from "./balance/balancer.ts";
import { backoffMs, connectionBackoff } from "./backoff.ts";
import type { Exchange, ExchangeHome, HomePick } from "./exchange.ts";
import { failure, type Failure, failureToConnect } from "./failure.ts";
import { calmer, tooManyPingsLine } from "./keepalive-policy.ts";
import { presenceOf } from "./presence.ts";
import { receiveBudgetOf } from "./receive-budget-of.ts";
import type { ReissueOptions } from "./reissue-policy.ts";
import type { Resolution, Resolver } from "./resolve/resolver.ts";
import { Subchannel, type SubchannelOwner } from "./subchannel.ts";
import { addressText } from "../transport/address-text.ts";
import { debugLogOf } from "../transport/debug-log.ts";
import { tellUser } from "../transport/tell-user.ts";

/** What the connections of a channel are made from and governed by; the channel's own options become these. */
export interface ConnectionsOptions {
  /** As the user wrote it. */
  readonly target: string;
  readonly resolver: Resolver;
  readonly dial: Omit<DialOptions, "address" | "liveness">;
  /** Of the first connections; a server that finds it too impatient changes it. */
  readonly liveness: LivenessPolicy;
  readonly reissue: ReissueOptions;
  readonly trustRefusedStream: boolean;
  readonly maxQueuedCalls: number;
  createBalancer(make: SubchannelFactory): Balancer;
  /** A connection ended, or could not be made. */
  onReport(report: TerminationReport): void;
}

/** gRPC's `dns_min_time_between_resolutions`, 30 s: a failing address must not hammer the resolver. */
const minResolveIntervalMs = 30_000;
/**
 * A target that served a moment ago is being restarted, more likely than not: calls wait so long for it, ms, before they
 * fail as gRPC's wait-for-ready.md has it. One that was never reached fails them at once.
 */
const restartPatienceMs = 5_000;
/** gRFC A62's default idle timeout, 30 min: a connection lost after that is not replaced until a call comes. */
const wantedForMs = 1_800_000;

/**
 * The connections of a channel: resolver, balancer and subchannels, and the calls that wait for one. The common
 * machinery of the gRPC channel and the plain HTTP/2 client.
 */
export class Connections implements ExchangeHome, SubchannelOwner {
  readonly host: Host;
  readonly reissue: ReissueOptions;
  readonly trustRefusedStream: boolean;
  liveness: LivenessPolicy;
  readonly #options: ConnectionsOptions;
  readonly #balancer: Balancer;
  readonly #open = new Roster<Exchange>();
  /** Calls that wait for a connection, oldest first; those that settled meanwhile are passed over. */
  #waiting = new RingQueue<Exchange>();
  #waitingCount = 0;
  #serveScheduled = false;
  /** Since when no connection is ready; long ago at first, for a target that never was. */
  #lostAtMs: number | undefined = -Infinity;
  #patienceTimer: Timer | undefined = undefined;
  /** Some subchannel may be idle; spares every call a look at all of them. */
  #mayRest = true;
  #lastCallAtMs = -Infinity;
  #resolving: "never" | "asking" | "rested" = "never";
  #resolvedAtMs = -Infinity;
  #resolveTimer: Timer | undefined = undefined;
  #resolveFailures = 0;
  #resolveError: SocketError | undefined = undefined;
  /** Every connection that is being made, or was and has not ended. Mostly one, so a list is enough. */
  #dialled: readonly Transport[] = [];
  /** Made for the first that ends. */
  #reports: RecentReports | undefined = undefined;
  /** Why nothing could be reached when that was last asked. */
  trouble: TerminationReport | undefined = undefined;
  #closed: { readonly resolve: () => void; readonly promise: Promise<void> } | undefined = undefined;

  constructor(host: Host, options: ConnectionsOptions) {
    this.host = host;
    this.reissue = options.reissue;
    this.trustRefusedStream = options.trustRefusedStream;
    this.liveness = options.liveness;
    this.#options = options;
    this.#balancer = options.createBalancer((address: Address) => new Subchannel(host, address, options.dial, this));
  }

  // --- for calls ---

  /** Counts a call in. */
  begin(exchange: Exchange): void {
    this.#lastCallAtMs = this.host.nowMs();
    if (this.#open.size === 0) presenceOf(this.host).hold(this.host);
    this.#open.add(exchange);
  }

  pick(): HomePick {
    if (this.#closed !== undefined) return { kind: "fail", failure: closedFailure() };
    this.#wake();
    const pick = this.#balancer.pick();
    if (pick.kind === "fail") this.trouble = pick.report;
    if (pick.kind === "fail" && this.#patient()) return { kind: "queue" };
    if (pick.kind === "fail") return { kind: "fail", failure: failureToConnect(pick.report) };
    const error = this.#resolveError;
    if (pick.kind === "queue" && error !== undefined && this.#balancer.subchannels.length === 0) {
      return { kind: "fail", failure: failureToResolve(error) };
    }
    return pick;
  }

  enqueue(exchange: Exchange): void {
    if (this.#closed !== undefined) exchange.fail(closedFailure());
    else if (this.#waitingCount >= this.#options.maxQueuedCalls) exchange.fail(queueFull(this.#waitingCount));
    else {
      exchange.inQueue = true;
      this.#waitingCount++;
      this.#waiting.push(exchange);
    }
  }

  slotFreed(): void {
    if (this.#waitingCount > 0) this.#scheduleServe();
  }

  settled(exchange: Exchange): void {
    if (exchange.inQueue) this.#leaveQueue(exchange);
    if (this.#open.size === 0) return;
    this.#open.delete(exchange);
    if (this.#open.size === 0) presenceOf(this.host).release();
  }

  /** Connects without a call. */
  connect(): void {
    this.#lastCallAtMs = this.host.nowMs();
    this.#wake();
  }

  /** Ends everything; resolves when the last socket is closed. */
  close(): Promise<void> {
    if (this.#closed !== undefined) return this.#closed.promise;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    this.#closed = { resolve, promise };
    this.#resolveTimer?.cancel();
    this.#patienceTimer?.cancel();
    for (const exchange of this.#open.all()) exchange.stop(closedFailure);
    this.#balancer.close(false);
    this.#tellIfClosed();
    return promise;
  }

  get subchannels(): readonly Subchannel[] {
    return this.#balancer.subchannels;
  }

  /** As it stands. Changes nothing. */
  inspect({ maxConnections = defaultMaxShown, maxStreams = defaultMaxShown }: InspectOptions = {}): ChannelInspection {
    const { heldBytes, limitBytes } = receiveBudgetOf(this.host);
    const error = this.#resolveError?.message;
    return {
      kind: "channel",
      target: this.#options.target,
      closed: this.#closed !== undefined,
      calls: { open: this.#open.size, waiting: this.#waitingCount },
      names: {
        state: this.#resolving,
        ...(this.#resolvedAtMs === -Infinity ? {} : { answeredMs: this.host.nowMs() - this.#resolvedAtMs }),
        ...(error === undefined ? {} : { error }),
      },
      addresses: this.#balancer.subchannels.map((one) => one.inspect()),
      connectionsOpen: this.#dialled.length,
      connections: this.#dialled.slice(0, maxConnections).map((one) => one.inspect(maxStreams)),
      memory: { heldBytes, limitBytes },
      connectionsEnded: this.#reports?.count ?? 0,
      reports: this.#reports?.last ?? [],
    };
  }

  // --- for subchannels ---

  get wanted(): boolean {
    if (this.#closed !== undefined) return false;
    return this.#open.size > 0 || this.host.nowMs() - this.#lastCallAtMs < wantedForMs;
  }

  onChange(): void {
    this.#mayRest = true;
    if (this.#balancer.subchannels.some((one) => one.kind === "ready")) this.#lostAtMs = this.trouble = undefined;
    else this.#lostAtMs ??= this.host.nowMs();
    this.#balancer.onChange();
    if (this.#waitingCount > 0) this.#scheduleServe();
  }

  onTooManyPings(transport: Transport, ended: LivenessPolicy): void {
    this.liveness = calmer(this.liveness, ended);
    const line = tooManyPingsLine(transport.peer, ended, this.liveness, transport.connection.facts.keepalives);
    this.host.defer(() => this.host.log(line));
  }

  onDial(transport: Transport): void {
    this.#dialled = [...this.#dialled, transport];
  }

  onReport(report: TerminationReport): void {
    this.#dialled = this.#dialled.filter((one) => one.id !== report.connectionId);
    (this.#reports ??= new RecentReports()).add(report);
    tellUser(this.host, "onReport", () => this.#options.onReport(report));
    this.#tellIfClosed();
  }

  reResolve(): void {
    if (this.#resolving !== "rested" || this.#closed !== undefined || this.#resolveTimer !== undefined) return;
    const waitMs = this.#resolvedAtMs + minResolveIntervalMs - this.host.nowMs();
    if (waitMs <= 0) this.#resolve();
    else this.#retryResolve(waitMs);
  }

  // --- the rest ---

  #patient(): boolean {
    const untilMs = (this.#lostAtMs ?? -Infinity) + restartPatienceMs;
    const leftMs = untilMs - this.host.nowMs();
    if (leftMs <= 0) return false;
    this.#patienceTimer ??= this.host.timer(
      leftMs,
      () => {
        this.#patienceTimer = undefined;
        this.#scheduleServe();
      },
      { background: true },
    );
    return true;
  }

  #wake(): void {
    if (this.#resolving === "never") this.#resolve();
    else if (this.#mayRest) {
      this.#mayRest = false;
      this.#balancer.wake();
    }
  }

  #resolve(): void {
    this.#resolving = "asking";
    this.#options.resolver.resolve((resolution) => {
      if (this.#closed !== undefined) return;
      this.#resolving = "rested";
      this.#resolvedAtMs = this.host.nowMs();
      this.#tellResolution(resolution);
      if (resolution.kind === "addresses" && resolution.addresses.length > 0) {
        this.#resolveFailures = 0;
        this.#resolveError = undefined;
        this.#balancer.update(resolution.addresses);
        if (this.wanted) this.#balancer.wake();
      } else {
        this.#resolveError =
          resolution.kind === "failed" ? resolution.error : { kind: "ENOTFOUND", message: "the name has no address" };
        this.#retryResolve(backoffMs(this.#resolveFailures++, connectionBackoff, this.host.random()));
      }
      this.onChange();
    });
  }

  #tellResolution(resolution: Resolution): void {
    const log = debugLogOf(this.host);
    if (log === undefined) return;
    const found =
      resolution.kind === "failed"
        ? `not resolved: ${printable(resolution.error.message)}`
        : `resolved to ${resolution.addresses.map(addressText).join(", ") || "no address"}`;
    log.say("channel", `channel to ${this.#options.target}: ${found}`);
  }

  #retryResolve(waitMs: number): void {
    this.#resolveTimer ??= this.host.timer(
      waitMs,
      () => {
        this.#resolveTimer = undefined;
        if (this.wanted) this.#resolve();
        else this.#resolving = "never";
      },
      { background: true },
    );
  }

  #scheduleServe(): void {
    if (this.#serveScheduled) return;
    this.#serveScheduled = true;
    this.host.defer(() => {
      this.#serveScheduled = false;
      this.#serve();
    });
  }

  /** Lets the calls that wait try again, oldest first, as long as there is any use in it. */
  #serve(): void {
    for (let left = this.#waiting.size; left > 0; left--) {
      const exchange = this.#waiting.peek();
      if (exchange === undefined) return;
      if (exchange.inQueue) {
        const pick = this.pick();
        if (pick.kind === "queue") return;
        this.#waiting.shift();
        this.#leaveQueue(exchange);
        exchange.tryWith(pick);
      } else this.#waiting.shift();
    }
  }

  #leaveQueue(exchange: Exchange): void {
    exchange.inQueue = false;
    this.#waitingCount--;
    // Calls that end while they wait, by their deadlines for instance, must not pile up before one that stays.
    if (this.#waiting.size < 2 * this.#waitingCount + 64) return;
    const before = this.#waiting;
    this.#waiting = new RingQueue();
    for (let one = before.shift(); one !== undefined; one = before.shift()) if (one.inQueue) this.#waiting.push(one);
  }

  #tellIfClosed(): void {
    const closed = this.#closed;
    if (closed !== undefined && this.#dialled.length === 0) this.host.defer(() => closed.resolve());
  }
}

function closedFailure(evidence: readonly Evidence[] = [{ kind: "never-sent" }]): Failure {
  return failure("CHANNEL_CLOSED", status.UNAVAILABLE, reasonEntry("CHANNEL_CLOSED").what, evidence);
}

function queueFull(length: number): Failure {
  const text = `${length} calls wait for a connection already`;
  return failure("QUEUE_FULL", status.RESOURCE_EXHAUSTED, text, [{ kind: "never-sent" }]);
}

function failureToResolve(error: SocketError): Failure {
  const text = `${reasonEntry("NAME_NOT_FOUND").what}: ${error.message}`;
  return failure("NAME_NOT_FOUND", status.UNAVAILABLE, text, [{ kind: "never-ready" }]);
}
