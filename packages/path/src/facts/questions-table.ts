/**
 * The facts as questions: each with its option, its default and what it takes. The order is the order of asking. Everything
 * that a user may type goes through `read`, which returns the value or throws a `FactFault`.
 */

import { parseByteSize } from "./byte-size.ts";
import { parseDuration } from "./duration.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import { FactFault } from "./fact-fault.ts";
import type { PathFacts } from "./path-facts.ts";

export interface Question {
  /** The option without its dashes; also the name in JSON. */
  readonly fact: string;
  /** In words, to a person. */
  readonly ask: string;
  /** What it is for, and what it means. */
  readonly why: string;
  /** What to type, in the help: `<duration>`. */
  readonly takes: string;
  /** As it would be typed. */
  readonly otherwise: string;
  /** Whether a person is asked, by what was told before. Default: always. */
  readonly matters?: (facts: PathFacts) => boolean;
}

/** What the four facts are that are judged and not planned by, until somebody tells them. */
export const unknown = "unknown";

const s = 1_000;
const hour = 3_600_000; // ms
const KiB = 1_024;
const MiB = 1_024 * KiB;

export const questions = [
  {
    fact: "hops",
    ask: "Who is on the way, client first, server last?",
    why: "grpc-go, grpc-core (or python), grpc-java, grpc-js, holdfast; between them nginx, envoy, haproxy, alb, nlb; kubernetes last, if the servers run there; nginx@1.22 names a version",
    takes: "<list>",
    otherwise: "grpc-go,envoy,grpc-go,kubernetes",
  },
  {
    fact: "idle",
    ask: "After how long without bytes does the network forget a connection (NAT, firewall, VPN)?",
    why: "350s in most of AWS, 4m in Azure; never, if both ends are on one wire",
    takes: "<duration>",
    otherwise: "350s",
  },
  {
    fact: "longest-call",
    ask: "How long does the longest call take?",
    why: "streams, too; endless, if they never end",
    takes: "<duration>",
    otherwise: "5m",
  },
  {
    fact: "longest-silence",
    ask: "How long may a call move no byte in either direction?",
    why: "a unary call is silent until it is answered, so: at least the slowest of those",
    takes: "<duration>",
    otherwise: "as long as the longest call, 5m for endless ones",
  },
  {
    fact: "deploys",
    ask: "How are servers replaced: rolling, at-once or never?",
    why: "rolling replaces some while others serve",
    takes: "<how>",
    otherwise: "rolling",
  },
  {
    fact: "drain-limit",
    ask: "How long may an old server take to leave?",
    why: "calls that take longer must be ended and resumed by the application",
    takes: "<duration>",
    otherwise: "10m",
  },
  {
    fact: "message-size",
    ask: "How large is the largest message?",
    why: "gRPC takes 4MiB unless told otherwise",
    takes: "<size>",
    otherwise: "4MiB",
  },
  {
    fact: "metadata-size",
    ask: "How large is the metadata of a call, tokens included?",
    why: "C-core and Java take 8KiB unless told otherwise",
    takes: "<size>",
    otherwise: "4KiB",
  },
  {
    fact: "calls",
    ask: "How many calls are in flight at once, at the peak?",
    why: "through one hop",
    takes: "<number>",
    otherwise: "100",
  },
  {
    fact: "round-trip",
    ask: "How long does a round trip take at worst?",
    why: "from the client to the farthest hop",
    takes: "<duration>",
    otherwise: "100ms",
  },
  {
    fact: "replicas",
    ask: "How many servers are there?",
    why: "replicas of the last hop",
    takes: "<number>",
    otherwise: "3",
  },
  {
    fact: "repeatable",
    ask: "May a call that perhaps ran run again (yes or no)?",
    why: "with yes, clients get a retry policy for UNAVAILABLE",
    takes: "<yes or no>",
    otherwise: "no",
  },
  {
    fact: "tls",
    ask: "Is the client's connection encrypted (yes or no)?",
    why: "behind the first hop that ends HTTP/2 it is plain; what leads to an ALB always is",
    takes: "<yes or no>",
    otherwise: "no",
  },
  {
    fact: "stream-rate",
    ask: "How much should one stream carry in a second?",
    why: "some libraries have windows of a fixed size, which bound it: rule lm-06 looks",
    takes: "<size>",
    otherwise: unknown,
    matters: ({ hops }) => hops.some(({ kind }) => hasFixedWindow(kind)),
  },
  {
    fact: "cancels",
    ask: "How many calls are cancelled each second, at the peak?",
    why: "servers on Node take many for an attack: rule lm-12 looks",
    takes: "<number>",
    otherwise: unknown,
    matters: ({ hops }) => hops.slice(1).some(({ kind }) => kind === "grpc-js"),
  },
  {
    fact: "restart-time",
    ask: "How long does the one server need to restart?",
    why: "retries must last longer than that: rule dr-14 looks",
    takes: "<duration>",
    otherwise: unknown,
    matters: ({ replicas, repeatable, onKubernetes }) => replicas === 1 && repeatable && onKubernetes,
  },
  {
    fact: "failover",
    ask: "How long may the balancer of connections be away when it fails over?",
    why: "Go and C-core give up a connection when their keepalive timeout passes without an answer: rule nw-05 looks",
    takes: "<duration>",
    otherwise: unknown,
    matters: ({ hops }) =>
      hops.some(({ kind }) => kind === "aws-nlb") && ["grpc-go", "grpc-core"].includes(hops[0]?.kind ?? ""),
  },
] as const satisfies readonly Question[];

function hasFixedWindow(kind: PathFacts["hops"][number]["kind"]): boolean {
  const { sender, receiver } = hopKindTable[kind];
  return sender?.windowBytes !== undefined || receiver?.windowBytes !== undefined;
}

export type FactName = (typeof questions)[number]["fact"];

/** Bounds of what can be meant, each with what ends there. */
const bounds = {
  idle: { least: 20 * s, most: 5 * 24 * hour, says: "20s to 5d: clients ask every 10s at most (gRFC A8)" },
  "longest-call": { least: 1, most: 24 * hour, says: "1ms to 24h, or endless" },
  "longest-silence": { least: 1, most: 24 * hour, says: "1ms to 24h" },
  "drain-limit": { least: s, most: 24 * hour, says: "1s to 24h" },
  "message-size": { least: 1, most: 1_024 * MiB, says: "1B to 1GiB" },
  "metadata-size": { least: 1, most: 48 * KiB, says: "1B to 48KiB: more does not pass most hops" },
  calls: { least: 1, most: 100_000, says: "a whole number from 1 to 100000" },
  "round-trip": { least: 1, most: 2 * s, says: "1ms to 2s" },
  replicas: { least: 1, most: 10_000, says: "a whole number from 1 to 10000" },
  "stream-rate": { least: 1, most: 128 * 1_024 * MiB, says: "1B to 128GiB" },
  cancels: { least: 0, most: 1_000_000, says: "a whole number from 0 to 1000000" },
  "restart-time": { least: 1, most: hour, says: "1ms to 1h" },
  failover: { least: 1, most: hour, says: "1ms to 1h" },
} as const;

/** @throws FactFault when it is no duration, or out of bounds. `orElse`: a word that is no duration, and what it means. */
export function readDuration(
  fact: "idle" | "longest-call" | "longest-silence" | "drain-limit" | "round-trip" | "restart-time" | "failover",
  text: string,
  orElse?: readonly [word: string, ms: number],
): number {
  if (orElse !== undefined && text === orElse[0]) return orElse[1];
  const ms = parseDuration(text);
  const wordToo = orElse === undefined ? "" : ` or ${orElse[0]}`;
  if (ms === undefined)
    throw new FactFault(fact, `"${text}": expected a number and a unit, such as 60s, 5m or 1h30m${wordToo}`);
  return inBounds(fact, text, ms);
}

export function readSize(fact: "message-size" | "metadata-size" | "stream-rate", text: string): number {
  const bytes = parseByteSize(text);
  if (bytes === undefined) throw new FactFault(fact, `"${text}": expected a number and a unit, such as 16KiB or 4MiB`);
  return inBounds(fact, text, bytes);
}

export function readCount(fact: "calls" | "replicas" | "cancels", text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new FactFault(fact, `"${text}": expected ${bounds[fact].says}`);
  return inBounds(fact, text, Number(text));
}

export function readYes(fact: "repeatable" | "tls", text: string): boolean {
  if (text === "yes" || text === "true") return true;
  if (text === "no" || text === "false") return false;
  throw new FactFault(fact, `"${text}": expected yes or no`);
}

export function readWord<const W extends string>(fact: FactName, text: string, words: readonly W[]): W {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new FactFault(fact, `"${text}": expected ${words.join(", ")}`);
  return word;
}

function inBounds(fact: keyof typeof bounds, text: string, value: number): number {
  const { least, most, says } = bounds[fact];
  if (value < least || value > most) throw new FactFault(fact, `"${text}": expected ${says}`);
  return value;
}
