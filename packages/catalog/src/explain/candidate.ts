/** A signature that was found in a failure, and how well it fits. Owns the fitting of one; who wins is `judge.ts`. */

import { fixedParts } from "../match/fixed-parts.ts";
import type { TableSignature } from "../match/signature-table.ts";
import type { TemplateMatch } from "../match/template.ts";
import type { Implementation } from "../record/vocabulary.ts";
import type { ReadStatus } from "../read/read-status.ts";
import { isBareText } from "./bare-text.ts";

export interface FoundSignature {
  readonly signature: TableSignature;
  readonly match: TemplateMatch;
}

/** A text in which signatures are looked for: a line of the failure, or the message of a status. */
export interface Passage {
  readonly text: string;
  /** The status whose message this is, or that stands in the same failure. */
  readonly status?: ReadStatus;
  readonly isMessage: boolean;
  /** The line it stands in. */
  readonly line: number;
}

export interface Candidate extends FoundSignature {
  readonly passage: Passage;
  /** `differs`: there is a status, and it is another. */
  readonly codeFit: "agrees" | "silent" | "differs";
  readonly implementationFit: "agrees" | "silent" | "differs";
  /** Words of whoever passed the message on stand behind it: it says less than the same text alone. */
  readonly hasTail: boolean;
  /** Letters of the template that are fixed: the more, the more it says. */
  readonly fixedLength: number;
}

/** One of Holdfast's own texts. */
export function isOwn({ signature }: Candidate): boolean {
  return signature.implementation === "holdfast";
}

export interface Surroundings {
  readonly implementation?: Implementation;
  /** The failure, or the lines around it, speak of gRPC or HTTP/2. */
  readonly speaksOfGrpc: boolean;
  /** The input is this text and nothing else, so nothing can be asked of what stands around it. */
  readonly isBare: boolean;
}

/** Programs whose words travel in the messages of others' statuses, so that another implementation proves nothing. */
const passedOn: ReadonlySet<Implementation> = new Set<Implementation>([
  "any",
  "envoy",
  "nginx",
  "haproxy",
  "linkerd",
  "traefik",
  "aws-alb",
  "kubernetes",
]);

/** Undefined when what the signature asks for does not stand around the text. */
export function fit(found: FoundSignature, passage: Passage, around: Surroundings): Candidate | undefined {
  const { signature, match } = found;
  const coversAll = covers(passage.text, match);
  const hasTail = signature.whole && !coversAll;
  if (hasTail && !mayHaveTail(found, passage)) return undefined;
  if (!(around.isBare && isBareText(passage.text, signature.text)) && !hasContext(signature, passage, around)) {
    return undefined;
  }
  return {
    signature,
    match,
    passage,
    codeFit: codeFit(signature, passage.status),
    implementationFit: implementationFit(signature.implementation, around.implementation),
    hasTail,
    fixedLength: fixedLength(signature.text),
  };
}

function hasContext({ context, whole }: TableSignature, passage: Passage, around: Surroundings): boolean {
  const ofStatus = passage.status !== undefined || passage.isMessage;
  if (context === "none") return true;
  if (context === "status") return ofStatus && (passage.isMessage || !whole);
  return ofStatus || (around.speaksOfGrpc && !isOfOthers(passage.text));
}

function codeFit({ code }: TableSignature, status: ReadStatus | undefined): Candidate["codeFit"] {
  if (status === undefined || code === null) return "silent";
  return code === status.code ? "agrees" : "differs";
}

function implementationFit(whose: Implementation, seen: Implementation | undefined): Candidate["implementationFit"] {
  if (seen === undefined) return "silent";
  if (whose === seen || isKin(whose, seen)) return "agrees";
  return passedOn.has(whose) ? "silent" : "differs";
}

/** One runs inside the other, so each shows the other's words as its own. */
const kin: readonly (readonly [Implementation, Implementation])[] = [
  ["grpc-js", "nice-grpc"],
  ["grpc-js", "node-http2"],
  ["connect-node", "node-http2"],
  ["grpc-go", "go-net-http2"],
  ["traefik", "go-net-http2"],
  ["linkerd", "tonic"],
];

function isKin(one: Implementation, other: Implementation): boolean {
  return kin.some(([a, b]) => (a === one && b === other) || (a === other && b === one));
}

/**
 * What loggers, formats and people put behind a message: fields, a place, the end of an element or of a cell, a Chinese
 * mark. A quote that closes ends it whatever follows, for none is open in the text itself.
 */
const afterMessage =
  /^[\s"'`)\]}>.,;:!?*\u2026\u201c\u201d\u2018\u2019\u00bb\u300d\u300f\uff09\u3011]*(?:$|<[/-]|\s(?:\{|\[|\(|at |in (?:\/|[A-Z]:\\))|\s{2,}|\t|\||&\w{1,20}=|[\uff0c\u3002\uff1b\uff01\uff1f\u3001])|^[.!?]?(?:["`\u201d\u00bb\u300d\u300f]|'(?![a-z]))/;
const beforeMessage =
  /^[\s"'`([{<\u201c\u2018\u00ab\u300c\u300e\uff08\u3010]*(?:[\w.$]*(?:Error|Exception): |Error: )?["'`]?$/;

/** Whether the match is all that the text says: quotes, punctuation and fields that loggers append do not count. */
function covers(text: string, { start, end }: TemplateMatch): boolean {
  return beforeMessage.test(text.slice(0, start)) && afterMessage.test(text.slice(end));
}

/** A sentence, a clause or a field of its own: `, retrying in 3s`, `. Retrying`, ` - attempt 2/5`. */
const tail = /^["'`)\]]*(?:[,.;]\s+|\s+[-\u2013\u2014|]\s+)\S/;

/** The tail goes on with the library's own chain of causes, and what it says there may change the answer. */
const ownError = /\b(?:[Ee]rror|[Ee]xception|[Cc]ause|[Rr]eason)|\bE[A-Z]{4,}\b/;

/**
 * Programs that pass an error on put their own words behind it. In the message of a status the text in front of them is
 * still the library's; in any other line the same words may be anybody's.
 */
function mayHaveTail({ signature, match }: FoundSignature, { text, status, isMessage }: Passage): boolean {
  if (signature.role !== "failure" || !isMessage || status === undefined) return false;
  const behind = text.slice(match.end);
  return beforeMessage.test(text.slice(0, match.start)) && tail.test(behind) && !ownError.test(behind);
}

/**
 * Where other servers listen: databases, caches, queues, mail, shells. A bare error about such an address is theirs. The
 * minutes and seconds of a time, the line and the column of a frame in a stack and the numbers of a JSON object are no
 * ports.
 */
const otherPorts =
  /(?<!\d:\d\d|[T\s:[]\d\d|"|:\d{1,6}|\.(?:[cm]?[jt]sx?|go|py|rs|cc|[ch]|cpp|java|kt|scala|cs|rb|php|exs?|erl|swift|dart|lua)):(?:21|22|25|110|143|389|587|1433|1521|2181|3306|3389|5432|5672|6379|8086|9042|9092|9200|11211|27017)\b(?!:\d\d)/;

/** The port of name servers, which is nobody else's only where a name was looked up there. */
const namePort = /(?<!\d:\d\d|[T\s:[]\d\d):53\b(?!:\d\d)/;
const lookup = /\blookup \S/;

/** Libraries that name themselves in their errors; what follows is theirs, whatever the lines around speak of. */
const otherPrograms =
  /\b(?:Axios|Mongo\w*|Redis\w*|Sequelize\w*|Kafka\w*|Amqp\w*|MaxRetriesPerRequest)Error\b|\b(?:psycopg2?|pymongo|sqlalchemy|redis|requests|urllib3|aiohttp|httpx|lettuce|jedis|hikari|jdbc)\./i;

/** What nobody prints but who speaks HTTP/2 or gRPC, whatever the client around it is called and wherever it connected. */
const surelyOurs =
  /ConnectionTerminated error_code|\blast_stream_id\b|\bConnectionInputs\.|okhttp3\.internal\.http2|REFUSED_STREAM|RST_STREAM|\bGOAWAY\b|NGHTTP2_|ERR_HTTP2_|Failed to dial target host|\bgcs_rpc_client|rpc error: code = |io\.grpc\.|callErrorFromStatus|StatusCode\.[A-Z]{4}/;

/** Whether a text about a lost connection or the like is about somebody else's. */
export function isOfOthers(text: string): boolean {
  return !surelyOurs.test(text) && areOthersWords(text);
}

function areOthersWords(text: string): boolean {
  return otherPorts.test(text) || otherPrograms.test(text) || (namePort.test(text) && !lookup.test(text));
}

const lengths = new Map<string, number>();

function fixedLength(template: string): number {
  let length = lengths.get(template);
  if (length === undefined) {
    length = fixedParts(template).join("").length;
    lengths.set(template, length);
  }
  return length;
}
