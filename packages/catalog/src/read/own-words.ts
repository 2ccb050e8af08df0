/**
 * Failures that name themselves: a `StatusError` in any print (message, JSON, inspected object) holds its catalog id or
 * reason, a termination report the facts that its id follows from. No guessing is needed, so nothing is matched.
 */

import type { ProcessedAnswer } from "../record/vocabulary.ts";

export interface OwnWords {
  readonly id: string;
  /** The id itself was there; else it follows from a reason or from facts. */
  readonly isExact: boolean;
  /** The words that say so. */
  readonly words: string;
  /** What stands behind the reason are the peer's words, which may have a cause of their own. */
  readonly isPeers: boolean;
  /** What the evidence says about this very call; absent when only the reason is known. */
  readonly processed?: ProcessedAnswer;
}

const idField = /\bcatalogId["']?\s?[:=]\s?["']?([a-z0-9-]{2,40}\/[a-z0-9-]{2,80})/;
const processedField = /\bprocessed["']?\s?[:=]\s?["']?(no|maybe|yes)\b/;
const reasonInMessage = /\b1?\d [A-Z_]{4,20} \[([A-Z_]{4,30})\]/;

/** The texts of one group joined by line feeds; the entry of each reason. */
export function ownWords(text: string, reasons: Readonly<Record<string, string>>): OwnWords | undefined {
  const id = idField.exec(text);
  const reason = reasonInMessage.exec(text);
  const isPeers = reason?.[1] === "PEER_STATUS";
  if (id !== null) {
    const processed = processedField.exec(text)?.[1] as ProcessedAnswer | undefined;
    const words = { id: id[1] ?? "", isExact: true, words: reason?.[0] ?? id[0], isPeers };
    return processed === undefined ? words : { ...words, processed };
  }
  const entry = reason !== null && Object.hasOwn(reasons, reason[1] ?? "") ? reasons[reason[1] ?? ""] : undefined;
  if (reason !== null && entry !== undefined) return { id: entry, isExact: false, words: reason[0], isPeers };
  const report = /\bstreamsEver\b/.test(text) ? reportEntry(text) : undefined;
  return report === undefined ? undefined : { id: report, isExact: true, words: "streamsEver", isPeers };
}

function field(text: string, name: string): string | undefined {
  return new RegExp(String.raw`\b${name}["']?\s?:\s?["']?([\w.-]+)`).exec(text)?.[1];
}

/** The last GOAWAY of a report; its list ends with the first bracket that closes. */
function lastGoaway(text: string): { readonly code: number; readonly debugData: string } | undefined {
  const list = /\bgoaways["']?\s?:\s?\[([^\]]{0,4000})/.exec(text)?.[1] ?? "";
  const last = [...list.matchAll(/\bcode["']?\s?:\s?(\d{1,10})/g)].at(-1)?.[1];
  if (last === undefined) return undefined;
  return { code: Number(last), debugData: /too_many_pings/.test(list) ? "too_many_pings" : "" };
}

function reportEntry(text: string): string | undefined {
  const local = byLocalReason[field(text, "localReason") ?? ""];
  if (local !== undefined) return local;
  const open = Number(field(text, "streamsOpen") ?? "0");
  const goaway = lastGoaway(text);
  if (goaway !== undefined) return goawayEntry(goaway.code, goaway.debugData, open);
  const ready = /\breadyAtMs\b/.test(text);
  const socket = field(text, "socket");
  if (socket === "connect-failed") return connectEntry(text);
  if ((socket === "fin" || socket === "rst" || socket === "error") && !ready) return "connect/closed-before-settings";
  if (socket === "fin") return "tcp/fin-inflight";
  if (socket === "rst" || socket === "error") return "tcp/reset-inflight";
  return socket === "timeout" ? "keepalive/disabled-half-open" : undefined;
}

const byLocalReason: Readonly<Record<string, string>> = {
  "ping-timeout": "keepalive/ping-timeout-dead-peer",
  "no-progress": "keepalive/disabled-half-open",
  "connect-timeout": "connect/settings-hang",
  "settings-timeout": "connect/settings-hang",
  "wrong-protocol": "connect/http1-peer",
  violation: "http2/peer-violation",
  "drain-cut": "server/graceful-stop-hangs-on-streams",
  closed: "client/channel-closed-locally",
};

/** Codes of RFC 9113 §7: 11 is ENHANCE_YOUR_CALM, 13 HTTP_1_1_REQUIRED, 0 NO_ERROR. */
function goawayEntry(code: number, debugData: string, streamsOpen: number): string {
  if (code === 11 && debugData === "too_many_pings") return "http2/enhance-your-calm-too-many-pings";
  if (code === 13) return "http2/goaway-http11-required";
  if (code !== 0) return "http2/goaway-error-code";
  return streamsOpen > 0 ? "grpc/goaway-then-connection-closed" : "grpc/goaway-inflight-continues";
}

function connectEntry(text: string): string {
  const error = field(text, "kind") ?? "";
  if (/ECONNREFUSED|refused/.test(error + text)) return "connect/refused";
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return "connect/name-not-found";
  if (/certificate|tls|ssl/i.test(error)) return "tls/handshake-failed";
  return "connect/closed-before-settings";
}
