/**
 * A random world as plain data: who there is, what they say to each other, what goes wrong and when. Owns the words; what
 * a seed makes of them is `plan-world.ts`, and what they do is `run-plan.ts`.
 */

import type { KeepaliveOptions } from "../../channel/keepalive-policy.ts";
import type { MethodKind } from "../../rpc/service.ts";
import { status, type StatusCode } from "../../rpc/status.ts";
import type { ServerConnectionOptions } from "../../server/connection-options.ts";

export interface WorldPlan {
  readonly seed: number;
  readonly climate: Climate;
  readonly tls: boolean;
  readonly clients: readonly ClientPlan[];
  readonly servers: readonly ServerPlan[];
  /** In no order; each has its time. */
  readonly calls: readonly CallPlan[];
  readonly deeds: readonly Deed[];
  /** Some server permits fewer PINGs than some client sends. */
  readonly polices: boolean;
  /** When everything that went wrong is put right again, ms. */
  readonly healedAtMs: number;
}

/**
 * `calm`: nothing happens. `gentle`: stalls, weather and graceful restarts, of which no call may die. `rough`:
 * connections are cut and processes killed.
 */
export type Climate = "calm" | "gentle" | "rough";

export interface ClientPlan {
  readonly name: string;
  readonly loadBalancing: "pick_first" | "round_robin";
  /** Whether the service config has a retryPolicy for the service `sim.Safe`. */
  readonly retries: boolean;
  readonly keepalive?: KeepaliveOptions;
}

export interface ServerPlan {
  readonly name: string;
  readonly maxConcurrentStreams: number;
  /** Received and not yet read data of all connections, bytes. */
  readonly receiveBudgetBytes: number;
  readonly connections: ServerConnectionOptions;
}

export interface CallPlan {
  readonly id: number;
  readonly client: string;
  readonly atMs: number;
  readonly kind: MethodKind;
  /** Of the service that may be run more than once. */
  readonly safe: boolean;
  /**
   * Its metadata are those of a thousand others, so that its header block is remembered; only its message tells which
   * call it is.
   */
  readonly anonymous: boolean;
  /** Payload bytes of each message. */
  readonly requestBytes: readonly number[];
  readonly responseBytes: readonly number[];
  /** How long the handler works before each message of the answer (or before its status), ms. */
  readonly workMs: number;
  /** How long the client waits before each message of a streamed request, ms. */
  readonly pauseMs: number;
  /** How long the client takes to read each message of a streamed answer, ms. */
  readonly readMs: number;
  /** Whether the handler sends its headers before it works. */
  readonly earlyHeaders: boolean;
  /** Whether the handler ends its work when the call is over. */
  readonly heedful: boolean;
  /** The handler never answers: only the end of the call ends it. */
  readonly hangs: boolean;
  /** What the handler says in the end. */
  readonly status: StatusCode;
  readonly timeoutMs?: number;
  readonly cancelAfterMs?: number;
  /** The reader of a streamed answer leaves after so many messages. */
  readonly leaveAfter?: number;
  readonly waitForReady: boolean;
}

/** Something that happens to the world at a time, or from then on as soon as a connection it strikes is in a state. */
export type Deed = { readonly atMs: number; readonly when?: Moment } & DeedKind;

/** The state of a connection as that side of it sees it. */
export interface Moment {
  readonly state: ConnectionState;
  readonly side: "client" | "server";
}

/**
 * `dialling`: the peer's SETTINGS have not come. `idle`, `busy`: without and with a stream. `leaving`: somebody said
 * GOAWAY. `closing`: somebody sent FIN.
 */
export type ConnectionState = "dialling" | "idle" | "busy" | "leaving" | "closing";

type DeedKind =
  | { readonly kind: "reset"; readonly client: string; readonly server: string }
  | { readonly kind: "partition"; readonly client: string; readonly server: string; readonly forMs: number }
  /** Only one direction. */
  | { readonly kind: "black-hole"; readonly from: string; readonly to: string; readonly forMs: number }
  /** The kernel of `forgetful` forgets its connections to `other`. */
  | { readonly kind: "half-open"; readonly forgetful: string; readonly other: string }
  | { readonly kind: "kill"; readonly server: string; readonly downMs: number; readonly machine: boolean }
  /** For good. */
  | { readonly kind: "kill-client"; readonly client: string }
  | { readonly kind: "stall"; readonly host: string; readonly forMs: number }
  /** Drain, end, come back. */
  | { readonly kind: "deploy"; readonly server: string; readonly graceMs: number; readonly downMs: number }
  | { readonly kind: "weather"; readonly client: string; readonly server: string; readonly weather: Weather }
  | {
      readonly kind: "forget-idle";
      readonly client: string;
      readonly server: string;
      readonly afterMs: number;
      readonly word: "silent" | "rst";
    };

/** How a link behaves from now on. */
export interface Weather {
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Infinity: whole packets. */
  readonly splitBytes: number;
  readonly coalesceMs: number;
  /** Infinity: no limit. */
  readonly bytesPerSecond: number;
}

/** Whether a few large messages are more than it can hold: half of them may have to give way to the others. */
export function isShortOfMemory({ receiveBudgetBytes }: ServerPlan): boolean {
  return receiveBudgetBytes < 1_048_576; // less than the largest streamed request
}

/** `/sim.Safe/Chat` */
export function pathOf({ kind, safe }: Pick<CallPlan, "kind" | "safe">): string {
  return `/sim.${safe ? "Safe" : "Once"}/${methodNames[kind]}`;
}

const methodNames: Readonly<Record<MethodKind, string>> = {
  unary: "Ask",
  "server-streaming": "Watch",
  "client-streaming": "Upload",
  "bidi-streaming": "Chat",
};

/** A call in a line. */
export function describeCall(plan: CallPlan): string {
  const parts = [
    pathOf(plan),
    `${plan.requestBytes.join("+") || "no"} octets to ${plan.responseBytes.join("+") || "no"}`,
  ];
  if (plan.timeoutMs !== undefined) parts.push(`timeout ${plan.timeoutMs} ms`);
  if (plan.cancelAfterMs !== undefined) parts.push(`to be cancelled after ${plan.cancelAfterMs} ms`);
  if (plan.leaveAfter !== undefined) parts.push(`leaving after ${plan.leaveAfter} messages`);
  if (plan.waitForReady) parts.push("wait for ready");
  if (plan.hangs) parts.push("never answered");
  if (plan.status !== status.OK) parts.push(`to fail with ${plan.status}`);
  return parts.join(", ");
}

/** A deed in a line. */
export function describeDeed(deed: Deed): string {
  const { when } = deed;
  return when === undefined ? describeAct(deed) : `${describeAct(deed)}, once a ${when.side} is ${when.state}`;
}

function describeAct(deed: Deed): string {
  switch (deed.kind) {
    case "reset":
      return `every connection between ${deed.client} and ${deed.server} is reset`;
    case "partition":
      return `nothing passes between ${deed.client} and ${deed.server} for ${deed.forMs} ms`;
    case "black-hole":
      return `what ${deed.from} sends to ${deed.to} vanishes for ${deed.forMs} ms`;
    case "half-open":
      return `the kernel of ${deed.forgetful} forgets its connections with ${deed.other}`;
    case "kill":
      return `${deed.server} ${deed.machine ? "loses power" : "is killed"} and comes back after ${deed.downMs} ms`;
    case "kill-client":
      return `${deed.client} is killed for good`;
    case "stall":
      return `the event loop of ${deed.host} is blocked for ${deed.forMs} ms`;
    case "deploy":
      return `${deed.server} drains (grace ${deed.graceMs} ms), ends, and comes back after ${deed.downMs} ms`;
    case "weather":
      return `between ${deed.client} and ${deed.server}: ${describeWeather(deed.weather)}`;
    case "forget-idle":
      return `between ${deed.client} and ${deed.server} flows are forgotten after ${deed.afterMs} ms of silence (${deed.word})`;
  }
}

function describeWeather({ delayMs, jitterMs, splitBytes, coalesceMs, bytesPerSecond }: Weather): string {
  const parts = [`${delayMs} ms each way`];
  if (jitterMs > 0) parts.push(`up to ${jitterMs} more`);
  if (splitBytes !== Infinity) parts.push(`in pieces of ${splitBytes} bytes`);
  if (coalesceMs > 0) parts.push(`arriving every ${coalesceMs} ms`);
  if (bytesPerSecond !== Infinity) parts.push(`${bytesPerSecond} bytes a second`);
  return parts.join(", ");
}
