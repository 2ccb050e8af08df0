/**
 * What a server's options say about its connections (life and death, not what travels on them), as the layers below
 * take it. Owns the defaults of gRFC A8 and A9, and the checks.
 */

import { defaultLiveness, type LivenessPolicy } from "../http2/liveness-state.ts";
import { defaultPingPolicy, type PingPolicy } from "../http2/ping-policy.ts";
import { checkBoolean, checkNames, checkNumber } from "../rpc/check-options.ts";
import type { LifetimePolicy } from "./lifetime-state.ts";

export interface ServerKeepaliveOptions {
  /**
   * How long a client may be silent before it is asked with a PING, calls or not, ms, at least 1,000. Default 7,200,000,
   * gRPC's two hours; 315,000 while calls are open. `grpc.keepalive_time_ms`.
   */
  readonly timeMs?: number;
  /** How long a PING may stay unanswered, ms. Default 20,000. `grpc.keepalive_timeout_ms`. */
  readonly timeoutMs?: number;
}

export interface ServerConnectionOptions {
  /**
   * A connection without calls for so long is drained, ms. Default: never. Set it to let go of clients that keep
   * connections they do not use; behind a proxy, above the proxy's own. `grpc.max_connection_idle_ms`.
   */
  readonly maxConnectionIdleMs?: number;
  /**
   * A connection of this age, ten per cent more or less, is drained, ms. Default: never. Set it to spread clients over
   * servers that were added later. `grpc.max_connection_age_ms`.
   */
  readonly maxConnectionAgeMs?: number;
  /**
   * How long calls may go on once an idle or old connection has said its last stream id, ms. Default: as long as they
   * want. Set it above the longest call. `grpc.max_connection_age_grace_ms`.
   */
  readonly maxConnectionAgeGraceMs?: number;
  /** How clients that vanish are found. Defaults are gRPC's. */
  readonly keepalive?: ServerKeepaliveOptions;
  /**
   * How often a client may PING; more often, and it gets GOAWAY(ENHANCE_YOUR_CALM, "too_many_pings"). Defaults are gRPC's:
   * `minTimeMs` 300,000, `permitWithoutCalls` false, `strikes` 2. What clients have as `keepalive.timeMs` must not be less.
   */
  readonly pingPolicy?: Partial<PingPolicy>;
}

/** gRFC A9: two hours without calls. */
const restMs = 7_200_000;

/** How its connections find clients that vanished. */
export function livenessFrom({ keepalive = {} }: ServerConnectionOptions): LivenessPolicy {
  const { timeMs, timeoutMs = defaultLiveness.answerMs } = keepalive;
  const timed = timeMs === undefined ? { restMs } : { quietMs: timeMs, restMs: timeMs };
  return { ...defaultLiveness, ...timed, answerMs: timeoutMs };
}

export function pingPolicyFrom({ pingPolicy }: ServerConnectionOptions): PingPolicy {
  return { ...defaultPingPolicy, ...pingPolicy };
}

/** Undefined where no connection's time is limited. */
export function lifetimeFrom(options: ServerConnectionOptions): LifetimePolicy | undefined {
  const { maxConnectionIdleMs: maxIdleMs = Infinity, maxConnectionAgeMs: maxAgeMs = Infinity } = options;
  if (maxIdleMs === Infinity && maxAgeMs === Infinity) return undefined;
  return { maxIdleMs, maxAgeMs, graceMs: options.maxConnectionAgeGraceMs ?? Infinity };
}

const keepaliveNames = ["timeMs", "timeoutMs"] satisfies (keyof ServerKeepaliveOptions)[];
const keepaliveHabits = { time: "timeMs", interval: "timeMs", intervalMs: "timeMs", timeout: "timeoutMs" };
const policyNames = Object.keys(defaultPingPolicy);
const policyHabits = {
  minTime: "minTimeMs",
  permitWithoutStream: "permitWithoutCalls",
  maxPingStrikes: "strikes",
};

/** @throws TypeError for what is unknown in them, or cannot be what it should be. */
export function checkConnectionOptions(options: ServerConnectionOptions): void {
  checkNumber("server option maxConnectionIdleMs", options.maxConnectionIdleMs, 1);
  checkNumber("server option maxConnectionAgeMs", options.maxConnectionAgeMs, 1);
  checkNumber("server option maxConnectionAgeGraceMs", options.maxConnectionAgeGraceMs);
  const { keepalive, pingPolicy } = options;
  if (keepalive !== undefined) {
    checkNames("server keepalive option", keepalive, keepaliveNames, keepaliveHabits);
    // grpc-go has the same least time, and raises what is below it without a word.
    checkNumber("server option keepalive.timeMs", keepalive.timeMs, 1_000);
    checkNumber("server option keepalive.timeoutMs", keepalive.timeoutMs, 1);
  }
  if (pingPolicy === undefined) return;
  checkNames("pingPolicy option", pingPolicy, policyNames, policyHabits);
  checkNumber("server option pingPolicy.minTimeMs", pingPolicy.minTimeMs);
  checkBoolean("server option pingPolicy.permitWithoutCalls", pingPolicy.permitWithoutCalls);
  checkNumber("server option pingPolicy.strikes", pingPolicy.strikes);
}
