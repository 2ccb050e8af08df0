/**
 * A status without any words, `14 UNAVAILABLE` and nothing else: what people search for when that is all they were shown. It
 * says that a call failed and no more, so the answer is the causes that are met most, and a question.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import { statusNamed } from "../read/status-names.ts";
import type { StatusName } from "../record/vocabulary.ts";
import type { AnswerClass } from "./answer-class.ts";
import type { EntryList } from "./entry-list.ts";
import { entriesOfStatus, kindOf, saysOnlyStatus } from "./status-alone.ts";

/** What only gRPC writes beside the name of a status: its number, or what libraries put around it. */
const written =
  /(?<![\w.])(?<number>1?\d) (?<upper>[A-Z_]{5,})(?!\w)|\bcode = (?<camel>[A-Z]\w+)|\bStatusCode[.=]["']?(?<dotted>\w+)|\bStatus(?:Runtime)?Exception: (?<java>[A-Z_]{5,})/;

/** Of a connection that failed, likeliest first: never reached, then cut, then an answer of the server or a proxy. */
const unavailable = [
  "connect/refused",
  "tcp/fin-inflight",
  "connect/name-not-found",
  "tcp/reset-inflight",
  "tls/handshake-failed",
  "grpc/status-from-server",
];

export interface BareStatus {
  /** Indexes of the entries, likeliest first. */
  readonly tied: readonly number[];
  readonly kind: AnswerClass;
}

/** Undefined when there are other words, or nothing that only gRPC writes. */
export function bareStatus(text: string, entries: EntryList, table: SignatureTable): BareStatus | undefined {
  if (!saysOnlyStatus(text)) return undefined;
  const { number, upper, camel, dotted, java } = written.exec(text)?.groups ?? {};
  const code = statusNamed(upper ?? camel ?? dotted ?? java ?? "");
  if (code === undefined || code === "OK" || (number !== undefined && statusNamed(number) !== code)) return undefined;
  const tied = code === "UNAVAILABLE" ? indexesOf(unavailable, entries) : entriesOfStatus(code, table);
  return tied.length === 0 ? undefined : { tied, kind: kindOfBare(code) };
}

function indexesOf(ids: readonly string[], entries: EntryList): readonly number[] {
  return ids.flatMap((id) => entries.indexOf(id) ?? []);
}

/** The words that would say whose status it is are what is missing. */
function kindOfBare(code: StatusName): AnswerClass {
  return kindOf(code) === "status-only" ? "vague-status-only" : "unavailable-only";
}
