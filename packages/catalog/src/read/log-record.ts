/**
 * Records that loggers write as JSON or as `key=value`: pino, bunyan, winston, zap, logrus, slog, Envoy's JSON access
 * log. Owns which fields are words, times and statuses.
 */

import type { StatusName } from "../record/vocabulary.ts";
import { isSecretName } from "./mask-secrets.ts";
import { withoutEscapes } from "./plain-text.ts";
import { readTimeField } from "./read-time.ts";
import type { ReadStatus } from "./read-status.ts";
import { statusNamed } from "./status-names.ts";
import { unescapeText } from "./unescape-text.ts";

export interface LogRecord {
  /** In the order of the record, one for each line of each text, at most `maxTexts`. */
  readonly texts: readonly string[];
  readonly timeMs?: number;
  readonly statuses: readonly ReadStatus[];
}

/** A stack has some 20 lines, a record with an error two or three texts. */
const maxTexts = 200;
const maxDepth = 6;

const timeKeys = ["time", "timestamp", "ts", "@timestamp", "Timestamp", "start_time", "asctime", "t"];
/** Fields that only name where the record comes from. */
const dullKeys = new Set([
  ...timeKeys,
  "level",
  "severity",
  "hostname",
  "pid",
  "name",
  "logger",
  "caller",
  "v",
  "stream",
]);

/** The object in a line, which may have words before it, as winston and nginx's escapes leave them; else undefined. */
export function readJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  // Printed objects of many languages begin so too; to throw for each of them takes longer than all else about a line.
  if (!/^\{\s*["}]/.test(text) || !text.trimEnd().endsWith("}")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function recordOf(object: Readonly<Record<string, unknown>>): LogRecord {
  const texts: string[] = [];
  const statuses: ReadStatus[] = [];
  gather(object, "", texts, statuses, 0);
  const time = timeKeys.map((key) => readTimeField(object[key])).find((each) => each !== undefined);
  return { texts, statuses, ...(time === undefined ? {} : { timeMs: time }) };
}

function gather(value: unknown, key: string, texts: string[], statuses: ReadStatus[], depth: number): void {
  if (texts.length >= maxTexts || depth > maxDepth) return;
  const inner = typeof value === "string" ? readJsonObject(value) : undefined;
  if (inner !== undefined) {
    gather(inner, key, texts, statuses, depth + 1); // one logger's record in another's
  } else if (typeof value === "string") {
    // Without its name, the value of a credential could not be told from other words.
    const name = isSecretName(key) ? `${key}=` : "";
    for (const line of value.split("\n", maxTexts)) {
      if (line.trim() !== "" && texts.length < maxTexts) texts.push(name + withoutEscapes(line));
    }
  } else if (Array.isArray(value)) {
    for (const each of value as readonly unknown[]) gather(each, key, texts, statuses, depth + 1);
  } else if (isRecord(value)) {
    const status = statusOf(value);
    if (status !== undefined) statuses.push(status);
    for (const [name, each] of Object.entries(value)) {
      if (typeof each === "string" && isFlag(name)) texts.push(`${name}=${each}`);
      else if (!(dullKeys.has(name) && typeof each !== "object")) gather(each, name, texts, statuses, depth + 1);
    }
  }
}

/** Short values that say nothing without their names. */
function isFlag(name: string): boolean {
  return /^(?:response_flags|response_code_details|code|rstCode|errorCode|grpc-status|grpc_status|catalogId|reason)$/.test(
    name,
  );
}

/**
 * An error object of grpc-js (`code` and `details`), of Connect (`code` in words), of the core (`grpc_status` as a number),
 * of a Go middleware (`grpc.code`).
 */
function statusOf(value: Readonly<Record<string, unknown>>): ReadStatus | undefined {
  const { code, details, rawMessage, message } = value;
  if (typeof code === "number" && code > 0 && typeof details === "string") {
    const name = statusNamed(String(code));
    return name && { code: name, message: details, implementation: "grpc-js", proof: "form" };
  }
  if (typeof code === "number" && code > 0) {
    const name = statusNamed(String(code));
    const text = gatewayMessage(value);
    if (name && text !== undefined) return { code: name, message: text, implementation: "grpc-go", proof: "form" };
  }
  if (typeof code === "string" && /^[a-z_]{5,20}$/.test(code)) {
    const name = statusNamed(code);
    const text = typeof rawMessage === "string" ? rawMessage : message;
    if (name && typeof text === "string") {
      return { code: name, message: text.replace(/^\[[a-z_]+\] /, ""), implementation: "connect-node", proof: "form" };
    }
  }
  const { grpc_status: number, grpc_message: own, description } = value;
  if (typeof number === "number" && number > 0) {
    const name = statusNamed(String(number));
    const text = own ?? description;
    if (name && typeof text === "string") {
      return { code: name, message: text, implementation: "grpc-core", proof: "form" };
    }
  }
  const inWords: StatusName | undefined = statusNamed(String(value["grpc.code"] ?? value["grpc_code"] ?? ""));
  if (inWords === undefined || inWords === "OK") return undefined;
  const text = value["grpc.error"] ?? value["error"];
  return { code: inWords, message: typeof text === "string" ? text : "", proof: "form" };
}

/**
 * The body of an error of grpc-gateway: `code`, `message` and a list of `details`; before its version 2 the message as
 * `error`. Nothing else may stand in it, for many write a small number as `code`.
 */
function gatewayMessage(value: Readonly<Record<string, unknown>>): string | undefined {
  const { error, message, details } = value;
  if (Object.keys(value).some((key) => !/^(?:code|message|error|details)$/.test(key))) return undefined;
  if (typeof message === "string" && Array.isArray(details)) return message;
  return typeof error === "string" ? error : undefined;
}

/** The last quote may be missing: who pastes a line often cuts its end. */
const pair = /(?:^|\s)([\w.@-]{1,60})=(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|(\S*))/g;

/** `level=error msg="…" error="…"`: at least two pairs, one of them in quotes or well known. */
export function readPairs(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/(?:^|\s)(?:level|lvl|severity|msg|ts|time)=/.test(text)) return undefined;
  const pairs: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let count = 0;
  for (const [, key = "", quoted, bare] of text.matchAll(pair)) {
    pairs[key] = quoted === undefined ? (bare ?? "") : unescapeText(quoted);
    count++;
  }
  return count >= 2 ? pairs : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
