/** Owns how each service of the log writes a failure: the printed text of a library, in the format of that service's logger. */

import type { SeededChoice } from "./seeded-choice.ts";

/** Lines of one failure, in order. */
export type FailureFormat = (text: string, atMs: number, chance: SeededChoice) => string[];

const iso = (atMs: number): string => new Date(atMs).toISOString();
const clock = (atMs: number): string => iso(atMs).slice(0, 19).replace("T", " ");

function prefixed(service: string, text: string): string[] {
  return text.split("\n").map((line) => `${`${service}-1`.padEnd(13)}| ${line}`);
}

/** The first line of a printed error without what stands before it, and the whole text. */
function messageOf(text: string): string {
  return (text.split("\n")[0] ?? text).replace(/^[A-Za-z]*Error(?: \[\w+\])?: /, "");
}

export const failureFormats: Readonly<Record<string, FailureFormat>> = {
  "grpc-js": (text) => prefixed("orders", `could not load order: ${text}`),
  "nice-grpc": (text, at) => [
    JSON.stringify({
      level: 50,
      time: at,
      pid: 1,
      name: "cart",
      err: { type: "ClientError", message: messageOf(text), stack: text },
      msg: "rpc failed",
    }),
  ],
  "connect-node": (text, at) => [
    `${"web-1".padEnd(13)}| ${JSON.stringify({ level: "error", message: messageOf(text), stack: text, timestamp: iso(at) })}`,
  ],
  "node-http2": (text) => prefixed("push", text),
  undici: (text) => prefixed("push", text),
  "grpc-core": (text, at, chance) =>
    prefixed("billing", `${clock(at)},${chance.whole(100, 999)} ERROR billing.worker: charge failed\n${text}`),
  "grpc-go": (text, at) => [
    JSON.stringify({ level: "error", ts: iso(at), logger: "stock", msg: "reserve failed", error: text }),
  ],
  "grpc-java": (text, at, chance) =>
    prefixed("search", `${clock(at)} ERROR [grpc-${chance.whole(0, 7)}] c.s.search.Client - query failed\n${text}`),
  tonic: (text, at) => prefixed("rates", `${iso(at)} ERROR rates::client: quote failed error=${text}`),
  nginx: (text) => prefixed("edge", text),
  haproxy: (text) => [text],
};
