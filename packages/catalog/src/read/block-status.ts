/** Finds the status that is spread over the lines of a printed error: objects of Node, grpcio's block, grpcurl, headers. */

import { percentDecoded } from "./percent-decoded.ts";
import type { ReadStatus } from "./read-status.ts";
import { statusNamed } from "./status-names.ts";
import { unescapeText } from "./unescape-text.ts";

/** A message in any quotes, after a name and `:` or `=`. */
const quotedField = (names: string): RegExp =>
  new RegExp(
    String.raw`(?:^|[\s{,(+>])["']?(?:${names})["']?\s?[:=]\s?(?:"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|\`([^\`]*)\`?)`,
  );

const detailsField = quotedField("details");
const rawMessageField = quotedField("rawMessage");
const codeField = /(?:^|[\s{,(+])["']?code["']?\s?[:=]\s?["']?(1?\d)["']?(?=[\s,}]|$)/;
const messageField = quotedField("message");
const statusField = /"status"\s?:\s?"([A-Z_]{2,20})"/;
const grpcioStatus = /\bstatus ?= ?StatusCode\.([A-Z_]{2,20})\b/;
const grpcurlCode = /^\s+Code: ([A-Z][A-Za-z]{1,20})\s*$/;
/** Nothing stands behind the name when the status has no message. */
const grpcurlMessage = /^\s+Message:(| .*)$/;
/** What Rust prints of a `tonic::Status` by `{:#?}` and `dbg!`. */
const rustCode = /^\s+code: ([A-Z][A-Za-z]{1,20}),$/;
const rustMessage = /^\s+message: "((?:[^"\\]|\\.)*)",$/;
/** What PHP prints of a status by `print_r` and `var_dump`. */
const phpCode = /\["?code"?\]\s?=>\s*(?:int\()?(1?\d)\b/;
const phpDetails = /\["?details"?\]\s?=>\s*(?:string\(\d+\) "([^"]*)|([^"\s][^\n[)]*))/;
const headerCode = /^\W{0,8}grpc-status\W{1,4}(1?\d)\b/i;
const headerMessage = /^\W{0,8}grpc-message\W{1,4}(.*?)["',]*$/i;

/** A `details` that stands alone, as when only that line of an error was pasted; its status is not known. */
export function loneDetails(lines: readonly string[]): string | undefined {
  return quotedText(lines, detailsField);
}

/** At most one; the lines are those of one group. */
export function blockStatus(lines: readonly string[]): ReadStatus | undefined {
  return (
    grpcio(lines) ??
    printedObject(lines) ??
    apiException(lines) ??
    grpcurl(lines) ??
    rust(lines) ??
    php(lines) ??
    headers(lines)
  );
}

function grpcio(lines: readonly string[]): ReadStatus | undefined {
  const name = firstGroup(lines, grpcioStatus);
  const code = name === undefined ? undefined : statusNamed(name);
  if (code === undefined || code === "OK") return undefined;
  return { code, message: quotedText(lines, detailsField) ?? "", implementation: "grpc-core", proof: "form" };
}

function printedObject(lines: readonly string[]): ReadStatus | undefined {
  const number = firstGroup(lines, codeField);
  const code = number === undefined ? undefined : statusNamed(number);
  if (code === undefined || code === "OK") return undefined;
  const raw = quotedText(lines, rawMessageField);
  if (raw !== undefined) return { code, message: raw, implementation: "connect-node", proof: "form" };
  const details = quotedText(lines, detailsField);
  return details === undefined ? undefined : { code, message: details, implementation: "grpc-js", proof: "form" };
}

/** ApiException of Google's PHP libraries: JSON whose `code` and `status` say the same, once as a number. */
function apiException(lines: readonly string[]): ReadStatus | undefined {
  const number = firstGroup(lines, codeField);
  const name = firstGroup(lines, statusField);
  const code = number === undefined ? undefined : statusNamed(number);
  if (code === undefined || code === "OK" || name === undefined || statusNamed(name) !== code) return undefined;
  const message = quotedText(lines, messageField);
  return message === undefined ? undefined : { code, message, implementation: "grpc-core", proof: "form" };
}

function grpcurl(lines: readonly string[]): ReadStatus | undefined {
  const name = firstGroup(lines, grpcurlCode);
  const message = firstGroup(lines, grpcurlMessage);
  const code = name === undefined ? undefined : statusNamed(name);
  if (code === undefined || code === "OK" || message === undefined) return undefined;
  return { code, message: message.trim(), implementation: "grpc-go", proof: "form" };
}

function rust(lines: readonly string[]): ReadStatus | undefined {
  const name = firstGroup(lines, rustCode);
  const message = firstGroup(lines, rustMessage);
  const code = name === undefined ? undefined : statusNamed(name);
  if (code === undefined || code === "OK" || message === undefined) return undefined;
  return { code, message: unescapeText(message), implementation: "tonic", proof: "form" };
}

function php(lines: readonly string[]): ReadStatus | undefined {
  if (!lines.some((line) => phpCode.test(line) || line.includes('["code"]=>'))) return undefined;
  const text = lines.join("\n");
  const number = phpCode.exec(text)?.[1];
  const details = phpDetails.exec(text);
  const code = number === undefined ? undefined : statusNamed(number);
  if (code === undefined || code === "OK" || details === null) return undefined;
  return { code, message: (details[1] ?? details[2] ?? "").trim(), implementation: "grpc-core", proof: "form" };
}

function headers(lines: readonly string[]): ReadStatus | undefined {
  const number = firstGroup(lines, headerCode);
  const code = number === undefined ? undefined : statusNamed(number);
  if (code === undefined || code === "OK") return undefined;
  const message = firstGroup(lines, headerMessage) ?? "";
  return { code, message: percentDecoded(message), proof: "form" };
}

function firstGroup(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line);
    if (found !== null) return found[1];
  }
  return undefined;
}

/** Node breaks a long text into pieces joined by `+`, one on each line. */
function quotedText(lines: readonly string[], field: RegExp): string | undefined {
  const at = lines.findIndex((line) => field.test(line));
  const first = at < 0 ? undefined : lines[at];
  if (first === undefined) {
    return undefined;
  }
  const found = field.exec(first);
  let text = found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
  let open = first.trimEnd().endsWith("+");
  for (let next = at + 1; open && next < lines.length; next++) {
    const piece = /^\s*(?:"(.*)"|'(.*)'|`(.*)`)(?:,| \+)?\s*$/.exec(lines[next] ?? "");
    if (piece === null) break;
    text += piece[1] ?? piece[2] ?? piece[3] ?? "";
    open = (lines[next] ?? "").trimEnd().endsWith("+");
  }
  return unescapeText(text);
}
