/** Reads the facts that a failure's own text gives away. Owns no judgement. */

import type { ReadFacts } from "../explain/explanation.ts";
import type { Implementation } from "../record/vocabulary.ts";
import { http2CodeOf } from "./http2-code.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { plainText } from "./plain-text.ts";
import type { ReadStatus } from "./read-status.ts";

type Facts = { -readonly [key in keyof ReadFacts]: ReadFacts[key] };

const versions: readonly RegExp[] = [
  /grpc-node-js\/(\d+\.\d+[\w.-]*)/,
  /grpc-java-(?:netty|okhttp)\/(\d+\.\d+[\w.-]*)/,
  /grpc-(?:go|python|python-asyncio|c|ruby|dotnet|csharp|php|objc|swift)\/(\d+\.\d+[\w.-]*)/,
  /(?:@grpc[+/]grpc-js|@connectrpc[+/]connect-node|nice-grpc)@(\d+\.\d+[\w.-]*)/,
  /google\.golang\.org\/grpc@v(\d+\.\d+[\w.-]*)/,
  /grpc-(?:netty|netty-shaded|core|stub|api|okhttp)-(\d+\.\d+\.\d+)\.jar/,
  /\btonic[-/](\d+\.\d+\.\d+)/,
  /\bnginx\/(\d+\.\d+\.\d+)/,
];

/** The most that are told; a dump of a channel's state can hold hundreds. */
const maxAddresses = 8;
const address =
  /(?<![\w.@-])(?:(?:\d{1,3}\.){3}\d{1,3}:\d{1,5}|\[[0-9a-fA-F:.%\w]{2,45}\]:\d{1,5}|[a-zA-Z][\w-]{0,62}(?:\.[\w-]{1,63}){1,8}:\d{2,5}|localhost:\d{2,5})(?![\w:])/g;
/** What looks like an address and is a place in source code. */
const sourceFile = /\.(?:js|mjs|cjs|ts|mts|java|py|go|rs|cs|cc|c|h|rb|php|kt|scala|swift):\d+$/;

const debugData =
  /(?:debug data: |debug=|Debug Text: |debugData["']?: ?|debug_data["']?[=:] ?)(?:\\?"([^"\\]{0,300})\\?"|'([^']{0,300})'|([\w .:-]{1,300}?)(?=[,;)}\]"]|$))/;
const lastStream = /(?:last[-_ ]?stream(?:[-_ ]?id)?|LastStreamID|lastStreamID|last)["']?[=: ]{1,2}(\d{1,10})\b/i;
const streamId = /\b(?:stream(?:[-_ ]?id)?|StreamID|streamId)["']?[=: #]{1,2}(\d{1,10})\b/;
const httpStatus =
  /\b(?:HTTP status(?: code)?:?|http2 header with status:|:status["']?[=: ]{1,2}["']?|HTTP\/(?:2|1\.1)"? )\s?(\d{3})\b/;
const elapsed =
  /\b(?:after|in|within|elapsed["']?[=:]|duration["']?[=:]|took) ?(\d{1,9}(?:\.\d{1,9})?) ?(ms|s|seconds|m|min)\b/;
const haproxyState = /\s([CSPLRIDUKcs-][RCHDQTL-][NIDVEOU-][NIDPRU-]) \d+\/\d+\/\d+\/\d+\/\d+/;
const envoyFlags =
  /(?:response_flags["']?[=:] ?["']?|\bflags?[=:] ?["']?|"\s\d{3}\s)((?:UH|UF|UO|NR|URX|NC|DT|DC|LH|UT|LR|UR|UC|DI|FI|RL|UAEX|RLSE|IH|SI|DPE|UPE|UMSDR|OM|DF|DO|DR)(?:,[A-Z]{2,5})*)\b/;

/** Group texts joined by line feeds; the values of named holes come in `values`. */
export function factsOf(
  text: string,
  statuses: readonly ReadStatus[],
  implementation: Implementation | undefined,
  values: Readonly<Record<string, string>> = {},
): ReadFacts {
  const facts: Facts = {};
  if (implementation !== undefined) facts.implementation = implementation;
  // Parts of a credential may look like a version or an address.
  const safe = maskSecrets(plainText(text));
  const version = values["version"] ?? versionIn(safe);
  if (version !== undefined) facts.version = shown(version);
  if (statuses[0] !== undefined) facts.code = statuses[0].code;
  const code = http2CodeOf(values["http2_code"] ?? "") ?? http2CodeOf(text);
  if (code !== undefined) facts.http2Code = code;
  readNumbers(facts, text, values);
  const debug = values["debug_data"] ?? (text.includes("ebug") ? firstOf(debugData.exec(text)) : undefined);
  if (debug !== undefined && debug !== "") facts.debugData = shown(debug);
  const addresses = addressesIn(safe, values["address"]);
  if (addresses.length > 0) facts.addresses = addresses;
  const flags = values["flags"] ?? haproxyState.exec(text)?.[1] ?? envoyFlags.exec(text)?.[1];
  if (flags !== undefined) facts.proxyFlags = shown(flags);
  return facts;
}

function versionIn(text: string): string | undefined {
  if (!/\d\.\d/.test(text)) return undefined;
  for (const each of versions) {
    const found = each.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function readNumbers(facts: Facts, text: string, values: Readonly<Record<string, string>>): void {
  const last = numberOf(values["last_stream_id"] ?? lastStream.exec(text)?.[1]);
  if (last !== undefined) facts.lastStreamId = last;
  const stream = numberOf(values["stream_id"] ?? streamId.exec(text)?.[1]);
  if (stream !== undefined && stream > 0) facts.streamId = stream;
  const status = numberOf(values["http_status"] ?? httpStatus.exec(text)?.[1]);
  if (status !== undefined && status >= 100 && status <= 599) facts.httpStatus = status;
  const given = numberOf(values["elapsed_ms"]);
  const found = elapsed.exec(text);
  if (given !== undefined) facts.elapsedMs = given;
  else if (found !== null) facts.elapsedMs = Math.round(Number(found[1]) * unitMs(found[2] ?? "ms"));
}

function unitMs(unit: string): number {
  if (unit === "ms") return 1;
  return unit.startsWith("m") ? 60_000 : 1_000; // minutes, seconds
}

function addressesIn(text: string, given: string | undefined): readonly string[] {
  const found = new Set<string>(given === undefined ? [] : [shown(given)]);
  for (const [each] of /:\d/.test(text) ? text.matchAll(address) : []) {
    if (found.size >= maxAddresses) break;
    if (!sourceFile.test(each)) found.add(each);
  }
  return [...found];
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}(?:\.\d+)?$/.test(text)) return undefined;
  return Number(text);
}

function firstOf(found: RegExpExecArray | null): string | undefined {
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

function shown(text: string): string {
  return maskSecrets(plainText(text)).slice(0, 300);
}
