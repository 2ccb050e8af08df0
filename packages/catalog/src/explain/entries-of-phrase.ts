/** Which entries a text means by the phrases in it, when no signature knows it. */

import { speaksOfGrpc } from "../read/implementation-of.ts";
import { entryOfAccessLog, isEnvoysAccessLog } from "./access-log.ts";
import { causePhrases, type CausePhrase } from "./cause-phrases.ts";
import type { EntryList } from "./entry-list.ts";
import { systemWords } from "./system-words.ts";

/** What is read of a text; a stack has some kilobytes. */
const maxLetters = 8_000;

/**
 * Words about gRPC and HTTP/2 as libraries of any language run them together, errors that only HTTP/2 has, and what only
 * gRPC's own code prints: its names of files, its way to write addresses.
 */
const tongue = new RegExp(
  [
    String.raw`grpc|http_?\/?2|\bh2\b|rst_?stream|rst frames|go_?away|rpc ?(?:exception|error|dial)|connecterror(?!\(")|tonic`,
    // Listening on the ports of gRPC's examples, and of OpenTelemetry over gRPC.
    String.raw`(?:listen tcp|bind to).{0,60}:(?:50051|4317)\b|connection error: [a-z1_]{6,30}(?:$|\n)|transient_?failure|enhance_?your_?calm|http_1_1_required|too many pings|stream error: stream id|streamerror|server transport`,
    String.raw`ssl_transport_security|hyper::server|google-gax|hpack_parser|tcp_client_posix|transport error: (?:tls|connection)|failed reaching server|(?:containerd|crio|dockershim|csi)\S{0,40}\.sock\b|\bipv[46]:\d|dns:\/\/\/`,
  ].join("|"),
);

/** A text that begins with a status whose name, in capitals, is gRPC's alone. */
const beginsWithStatus =
  /^\W{0,3}(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|UNIMPLEMENTED|UNAUTHENTICATED): /;

/** Whether a text as a whole is about gRPC or HTTP/2, however it is written. */
export function isAboutGrpc(text: string): boolean {
  return speaksOfGrpc(text) || beginsWithStatus.test(text) || tongue.test(text.slice(0, maxLetters).toLowerCase());
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
  return isAboutGrpc(text) ? entriesOfPhrase(text, entries) : [];
}

/** The same by the reason that a system gave in its own language. */
export function entriesOfSystemWords(text: string, entries: EntryList): readonly number[] {
  return entriesOfPhrase(text, entries, systemWords);
}

/** Indexes of entries, likeliest first; empty when no phrase stands in the text. */
export function entriesOfPhrase(
  text: string,
  entries: EntryList,
  table: readonly CausePhrase[] = causePhrases,
): readonly number[] {
  const folded = foldedText(text);
  for (const [ids, ...phrases] of table) {
    if (!phrases.every((phrase) => phrase.test(folded))) continue;
    const known = ids.map((id) => entries.indexOf(id)).filter((index) => index !== undefined);
    if (known.length > 0) return known;
  }
  return [];
}

function foldedText(text: string): string {
  return text.slice(0, maxLetters).toLowerCase().replace(/\s+/g, " ");
}
