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
  /(?<![\w.])(?<number>1?\d) (?<upper>[A-Z_]{5,})(?!\w)|\bcode = (?<camel>[A-Z]\w+)|\bStatusCode[.=]["']?(?<dotted>\w+)|\bStatus(?:Runtime)?Exception: (?<java>[A-Z_]{5,})|^(?<words>[a-z ]{7,20}) \((?<bracketed>1?\d)\)/;

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
  const { number, bracketed = number, upper, camel, dotted, java, words } = written.exec(text)?.groups ?? {};
  const code = statusNamed(upper ?? camel ?? dotted ?? java ?? words ?? "");
  if (code === undefined || (bracketed !== undefined && statusNamed(bracketed) !== code)) return undefined;
  return answerOf(code, entries, table);
}

/**
 * A text about gRPC in which one status is named, in whatever spelling, and nothing else is known: what people write of
 * a failure in their own words. Undefined when it names none, or two.
 */
export function namedStatus(text: string, entries: EntryList, table: SignatureTable): BareStatus | undefined {
  const names = statusesNamed(text);
  const [code] = names;
  return names.size === 1 && code !== undefined ? answerOf(code, entries, table) : undefined;
}

/** All that it names: two are a talk about failures, not one. */
export function statusesNamed(text: string): ReadonlySet<StatusName | undefined> {
  return new Set((text.match(named) ?? []).map((name) => statusNamed(name)));
}

/** Names of statuses without those that are everyday language even where gRPC is talked about. */
const named =
  /(?<![A-Za-z])(?:unavailable|unauthenticated|unimplemented|deadline[-_ ]?exceeded|resource[-_ ]?exhausted|permission[-_ ]?denied|failed[-_ ]?precondition|invalid[-_ ]?argument|already[-_ ]?exists|out[-_]?of[-_]?range|data[-_]?loss)(?![A-Za-z])/gi;

/** `isPrinted`: the message was printed, and was empty. Transports give theirs words, so it is a server's before all. */
export function causesOfUnavailable(entries: EntryList, isPrinted: boolean): readonly number[] {
  const ids = isPrinted ? ["grpc/status-from-server", ...unavailable] : unavailable;
  return [...new Set(ids)].flatMap((id) => entries.indexOf(id) ?? []);
}

function answerOf(code: StatusName, entries: EntryList, table: SignatureTable): BareStatus | undefined {
  if (code === "OK") return undefined;
  const tied = code === "UNAVAILABLE" ? causesOfUnavailable(entries, false) : entriesOfStatus(code, table);
  return tied.length === 0 ? undefined : { tied, kind: kindOfBare(code) };
}

/** The words that would say whose status it is are what is missing. */
function kindOfBare(code: StatusName): AnswerClass {
  return kindOf(code) === "status-only" ? "vague-status-only" : "unavailable-only";
}
