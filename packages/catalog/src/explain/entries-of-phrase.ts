/** Which entries a text means by the phrases in it, when no signature knows it. */

import { speaksOfGrpc } from "../read/implementation-of.ts";
import { entryOfAccessLog, isEnvoysAccessLog } from "./access-log.ts";
import { causePhrases, type CausePhrase } from "./cause-phrases.ts";
import type { EntryList } from "./entry-list.ts";
import { withFamily } from "./entries-of-family.ts";
import { foldedText, maxLetters } from "./folded-text.ts";
import { namesGrpcPlace, withoutLookAlikes } from "./grpc-places.ts";
import { lazily } from "./lazily.ts";
import { systemWords } from "./system-words.ts";
import { wordsApart } from "./words-apart.ts";

/**
 * Words about gRPC and HTTP/2 as libraries of any language run them together, errors that only HTTP/2 has, and what only
 * gRPC's own code prints: its names of files, its way to write addresses.
 */
const tongue = lazily(
  () =>
    new RegExp(
      [
        String.raw`grpc|http_?\/?2|\bh2\b|rst_?stream|rst frames|go_?away|rpc ?(?:exception|error|dial)|connecterror(?!\(")|tonic`,
        // Listening on the port of gRPC's examples; OpenTelemetry over gRPC, whose port is nobody else's.
        String.raw`(?:listen tcp|bind to).{0,60}:50051\b|:4317\b(?!:\d\d)|"(?:exporter|name)": ?"otlp"|exporter=otlp\b|` +
          String.raw`connection error: [a-z1_]{6,30}(?:$|\n)|transient_?failure|enhance_?your_?calm|http_1_1_required|too many pings|stream error: stream id|streamerror|server transport`,
        String.raw`ssl_transport_security|hyper::server|google-gax|hpack_parser|tcp_client_posix|transport error: (?:tls|connection)|failed reaching server|tsi_[a-z_]{0,20}(?:failure|error|corrupted)|server preface|closed because of a broken pipe|` +
          String.raw`streamreset(?:exception|error)|(?:^|\s)reset\.(?:cancel|refused|enhanceyourcalm|internalerror|noerror|protocolerror)\b|connectionshutdownexception|too many concurrent streams|larger than (?:the )?max \(\S{1,20} vs|` +
          String.raw`is in state \[closed_|connection \[[\w-]{1,20}\], stream \[\d|loopywriter|clientisstopped|h2exception|the stream is failed: [a-z]|make any more rpcs|\blinkerd|connection with edge closed|` +
          String.raw`recv: payloadlen=\d|payloadlen=\d{1,9}, type=|no healthy host for|\bunknown cluster '|no (?:cluster|route) match for url|incoming request ended abruptly|\[external\/envoy\/|disconnect\. resetting \d|max (?:pending )?requests overflow|upstream_reset_(?:before|after)_response_started|` +
          String.raw`(?:containerd|crio|dockershim|csi)\S{0,40}\.sock\b|\bipv[46]:\d|dns:\/\/\/`,
      ].join("|"),
    ),
);

/** A text that begins with a status whose name, in capitals, is gRPC's alone. */
const beginsWithStatus =
  /^\W{0,3}(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|UNIMPLEMENTED|UNAUTHENTICATED): /;

/** The path of a method, and a service by its full name, as they stand in errors; letter case tells them from files. */
const method =
  /(?:^|[\s([]|(?<!=)["'])\/(?:[a-z]\w{0,60}\.){1,8}[A-Z]\w{0,80}\/[A-Z]\w{0,80}|unknown (?:service|method) "?(?:[a-z]\w{0,60}\.){1,8}[A-Z]/;
/** A status by name as a value of its own, in quotes or at the end of a line. */
const namedStatus =
  /["'\u201c\u300c](?:ResourceExhausted|FailedPrecondition|Unimplemented)["'\u201d\u300d]|[-:=>] ?(?:UNAVAILABLE|UNIMPLEMENTED|DEADLINE_EXCEEDED)$/m;

/** Whether a text as a whole is about gRPC or HTTP/2, however it is written. */
export function isAboutGrpc(text: string): boolean {
  const start = withoutLookAlikes(text.slice(0, maxLetters));
  const says = [beginsWithStatus, method, namedStatus].some((words) => words.test(start)) || speaksOfGrpc(start);
  const lower = start.toLowerCase();
  return says || tongue().test(lower) || namesGrpcPlace(start, lower);
}

/**
 * The same of a pasted text that has to be about gRPC. `records`: what its texts were taken out of, whose fields are words
 * where they are those of an access log.
 */
export function entriesOfPaste(text: string, records: readonly string[], entries: EntryList): readonly number[] {
  const whole = [text, ...records].join("\n");
  const told = isAboutGrpc(whole) || isEnvoysAccessLog(whole.slice(0, maxLetters));
  const logged = told ? entries.indexOf(entryOfAccessLog(whole.slice(0, maxLetters)) ?? "") : undefined;
  if (logged !== undefined) return [logged];
  return isAboutGrpc(text) ? withFamily(entriesOfPhrase(text, entries), text, entries) : [];
}

/** English systems are read by others; this spares the start of a short answer the compiling of all their words. */
const mayBeSystems = /[^\0-\x7f]|socketexception|verbindung|remotehost|host remoto|de espera/i;

/** The same by the reason that a system gave in its own language. */
export function entriesOfSystemWords(text: string, entries: EntryList): readonly number[] {
  return mayBeSystems.test(text) ? entriesOfPhrase(text, entries, systemWords) : [];
}

/** What a function of a program is called says nothing of what happened in it. */
const pythonFrame = /^\s*File "[^"\n]*", line \d+[^\n]*/gm;

/** Indexes of entries, likeliest first; empty when no phrase stands in the text. `allowed`: those that may; default all. */
export function entriesOfPhrase(
  text: string,
  entries: EntryList,
  table: readonly CausePhrase[] = causePhrases,
  allowed?: ReadonlySet<number>,
): readonly number[] {
  const read = text.slice(0, maxLetters).replace(pythonFrame, "");
  const found = firstThatFits(foldedText(read), entries, table, allowed);
  const apart = found.length > 0 || table !== causePhrases ? undefined : wordsApart(read);
  return apart === undefined ? found : firstThatFits(foldedText(apart), entries, table, allowed);
}

function firstThatFits(
  folded: string,
  entries: EntryList,
  table: readonly CausePhrase[],
  allowed: ReadonlySet<number> | undefined,
): readonly number[] {
  for (const [ids, ...phrases] of table) {
    if (!phrases.every((phrase) => phrase.test(folded))) continue;
    const known = ids.flatMap((id) => entries.indexOf(id) ?? []).filter((index) => allowed?.has(index) !== false);
    if (known.length > 0) return known;
  }
  return [];
}
