/**
 * When a client asks whether its server still lives (gRFC A8), pure: from the option to the engine's policy, and what
 * becomes of it when a server says that it was asked too often.
 */

import { errorCode } from "../http2/error-code.ts";
import type { PeerGoaway } from "../http2/connection.ts";
import { tooManyPings } from "../http2/frame/ping.ts";
import { defaultLiveness, type LivenessPolicy } from "../http2/liveness-state.ts";
import { checkBoolean, checkNames, checkNumber } from "../rpc/check-options.ts";

export interface KeepaliveOptions {
  /**
   * How long a server may be silent before it is asked with a PING, ms, at least 10,000. Default 315,000. Set it below
   * the idle timer of whatever stands in between, and not below what the server permits (`pingPolicy.minTimeMs`; 300,000
   * by default everywhere). `grpc.keepalive_time_ms`.
   */
  readonly timeMs?: number;
  /**
   * How long a PING may stay unanswered before the connection is given up, ms. Default 20,000. Set it above the longest
   * round trip with its pauses. `grpc.keepalive_timeout_ms`.
   */
  readonly timeoutMs?: number;
  /**
   * Whether a connection without calls is asked, too. Default false; servers end connections over it unless they permit
   * it. `grpc.keepalive_permit_without_calls`.
   */
  readonly permitWithoutCalls?: boolean;
}

/** 10 s: gRFC A8's least keepalive time. */
const leastTimeMs = 10_000;

export interface ReadKeepalive {
  readonly liveness: LivenessPolicy;
  /** To be logged. */
  readonly warning: string | undefined;
}

/** @throws TypeError for an option that is unknown, or cannot be what it should be. */
export function readKeepalive(options: KeepaliveOptions = {}): ReadKeepalive {
  checkNames("keepalive option", options, names, habits);
  const { timeMs = defaultLiveness.quietMs, timeoutMs, permitWithoutCalls } = options;
  checkNumber("keepalive option timeMs", options.timeMs);
  checkNumber("keepalive option timeoutMs", timeoutMs, 1);
  checkBoolean("keepalive option permitWithoutCalls", permitWithoutCalls);
  const quietMs = Math.max(leastTimeMs, timeMs);
  const restMs = permitWithoutCalls === true ? quietMs : Infinity;
  const liveness = { ...defaultLiveness, quietMs, restMs, answerMs: timeoutMs ?? defaultLiveness.answerMs };
  const warning =
    timeMs >= leastTimeMs
      ? undefined
      : `keepalive.timeMs ${timeMs} is below the least that gRPC allows (gRFC A8): ${leastTimeMs} is used`;
  return { liveness, warning };
}

const names = ["timeMs", "timeoutMs", "permitWithoutCalls"] satisfies (keyof KeepaliveOptions)[];
/** What grpc-go, grpc-java, C-core and connect-node call the same things. */
const habits = {
  time: "timeMs",
  timeout: "timeoutMs",
  permitWithoutStream: "permitWithoutCalls",
  withoutCalls: "permitWithoutCalls",
  keepAliveWithoutCalls: "permitWithoutCalls",
  pingIntervalMs: "timeMs",
  pingTimeoutMs: "timeoutMs",
  pingIdleConnection: "permitWithoutCalls",
};

/** Whether a server ends a connection because of our PINGs. */
export function isTooManyPings({ code, debugData }: Pick<PeerGoaway, "code" | "debugData">): boolean {
  return code === errorCode.ENHANCE_YOUR_CALM && debugData === tooManyPings;
}

/**
 * gRFC A8: new connections of the channel ask half as often as the one that was ended. Several that are ended over the
 * same interval double it once.
 */
export function calmer(present: LivenessPolicy, ended: LivenessPolicy): LivenessPolicy {
  const quietMs = Math.max(present.quietMs, 2 * ended.quietMs);
  return { ...present, quietMs, restMs: present.restMs === Infinity ? Infinity : quietMs };
}

/** For the log: both sides' settings as far as they are known. */
export function tooManyPingsLine(peer: string, ended: LivenessPolicy, next: LivenessPolicy, sentPings: number): string {
  const permit = ended.restMs !== Infinity;
  return (
    `holdfast: ${peer} ended a connection with GOAWAY(ENHANCE_YOUR_CALM, "${tooManyPings}"): our PINGs come more often ` +
    `than it permits. Here: keepalive.timeMs ${ended.quietMs}, permitWithoutCalls ${permit}, ${sentPings} PINGs sent on ` +
    `this connection. There: not told; the default of gRPC servers is one in 300000 ms, without calls one in 7200000 ms ` +
    `(pingPolicy; grpc-go KeepaliveEnforcementPolicy, grpc-java permitKeepAliveTime, C-core ` +
    `grpc.http2.min_ping_interval_without_data_ms). New connections of this channel use keepalive.timeMs ${next.quietMs}.`
  );
}
