/** What a tap tells, as text for a person. Owns the words; what peers wrote is made printable here. */

import { durationText } from "@holdfast/grpc/report";
import { frameLine, type UnfinishedFrame } from "@holdfast/grpc/watch";
import type { TapAct, TapEnding, TapEvent } from "./tap-event.ts";

/** The last frames tell most of what led to an end; JSON has more. */
const shownFrames = 6;
/** Debug data that is longer is in its frame's line. */
const shownDebug = 60;

/**
 * The lines of an event. `mark` begins the first, `text` follows in it, `more` stands below. The mark is the time (UTC), the
 * connection's number and `>` for what the client sends, `<` for what the server does.
 */
export interface TapLines {
  readonly mark: string;
  readonly text: string;
  readonly more: readonly string[];
}

export function tapLines(event: TapEvent): TapLines {
  switch (event.kind) {
    case "listening":
      return {
        mark: mark(event.wallMs, undefined, ""),
        text: `listening on ${event.address}, to ${event.to}`,
        more: [],
      };
    case "opened": {
      const { client, server, clientTls, serverTls } = event;
      const text = `opened by ${withTls(client, clientTls)}, joined with ${withTls(server, serverTls)}`;
      return { mark: mark(event.wallMs, event.connection, "="), text, more: [] };
    }
    case "frame": {
      const direction = event.frame.from === "client" ? ">" : "<";
      return { mark: mark(event.wallMs, event.connection, direction), text: frameLine(event.frame), more: [] };
    }
    case "note":
      return { mark: mark(event.wallMs, event.connection, "="), text: event.text, more: [] };
    case "ended":
      return {
        mark: mark(event.wallMs, event.ending.connection, "="),
        text: endingText(event.ending),
        more: endingMore(event.ending),
      };
  }
}

function withTls(address: string, tls: string | undefined): string {
  return tls === undefined ? address : `${address} (${tls})`;
}

/** `02:11:05.123    7 > ` */
function mark(wallMs: number, connection: number | undefined, direction: string): string {
  const time = new Date(wallMs).toISOString().slice(11, 23);
  return `${time} ${connection === undefined ? "    " : String(connection).padStart(4)} ${direction.padEnd(1)} `;
}

/**
 * Who ended it as far as the wire proves, then what happened in its order: `ended by the server, which said so: the server
 * said GOAWAY(NO_ERROR "max_age") last=41; 20.0 s later the server sent FIN; at once the client sent FIN; open 31.2 s, no
 * stream open`.
 */
export function endingText({ acts, endedBy, durationMs, streamsOpen }: TapEnding): string {
  const told = acts.map((act, i) => {
    const before = acts[i - 1];
    return before === undefined ? actText(act) : `${laterText(act.atMs - before.atMs)} ${actText(act)}`;
  });
  const streams = streamsOpen === 0 ? "no stream" : streamsOpen === 1 ? "1 stream" : `${streamsOpen} streams`;
  const order = told.length === 0 ? "" : ` ${told.join("; ")};`;
  const verdict = acts.some(({ kind }) => kind === "unreachable") ? "never joined" : verdicts[endedBy];
  return `${verdict}:${order} open ${durationText(durationMs)}, ${streams} open`;
}

const verdicts: Readonly<Record<TapEnding["endedBy"], string>> = {
  client: "ended by the client",
  "peer-http2": "ended by the server, which said so",
  transport: "ended without a word in HTTP/2",
  local: "ended by the tap",
};

function actText(act: TapAct): string {
  switch (act.kind) {
    case "goaway": {
      const { debugData } = act;
      const words = debugData.length > shownDebug ? `${debugData.slice(0, shownDebug)}…` : debugData;
      const last = act.lastStreamId === maxStreamId ? "max" : String(act.lastStreamId);
      return `the ${act.by} said GOAWAY(${act.code}${words === "" ? "" : ` "${words}"`}) last=${last}`;
    }
    case "fin":
      return `the ${act.by} sent FIN`;
    case "broken":
      if (act.error === "ECONNRESET") return `the ${act.by} sent RST`;
      return `the connection with the ${act.by} broke: ${act.message}`;
    case "unreachable":
      return `the server could not be reached: ${act.message}`;
    case "stopped":
      return "the tap was stopped";
  }
}

/** The warning of a graceful leave, RFC 9113 §6.8. */
const maxStreamId = 2_147_483_647;

/** Two things within so many ms happened at once to a person's eye. */
const atOnceMs = 20;

function laterText(ms: number): string {
  return ms < atOnceMs ? "at once" : `${durationText(ms)} later`;
}

function endingMore(ending: TapEnding): string[] {
  const { client, server, streamsEver, openStreams, streamsOpen, suspects, unfinished, spokeHttp2 } = ending;
  const lines = [
    `from the client ${countText(client)}, from the server ${countText(server)}` +
      (spokeHttp2 ? `, ${streamsEver} streams in all` : ", no frame of HTTP/2"),
  ];
  if (streamsOpen > 0) {
    const rest = streamsOpen > openStreams.length ? ` and ${streamsOpen - openStreams.length} more` : "";
    lines.push(`streams open then: ${openStreams.join(", ")}${rest}`);
  }
  for (const side of ["client", "server"] as const) {
    const frame = unfinished?.[side];
    if (frame !== undefined) lines.push(`cut off in the middle of ${unfinishedText(frame)} from the ${side}`);
  }
  for (const { what, because, certainty } of suspects) lines.push(`${certainty}: ${what}, because ${because}`);
  return [...lines, ...lastFrameLines(ending)];
}

function countText({ frames, octets }: { readonly frames: number; readonly octets: number }): string {
  return `${frames} frames, ${octets} octets`;
}

function unfinishedText({ type, length, seen }: UnfinishedFrame): string {
  // 9 octets are a frame's header, RFC 9113 §4.1.
  if (type === undefined) return `a frame's header (${seen} of 9 octets came)`;
  return `a frame of type ${type} (${seen - 9} of ${length} octets came)`;
}

function lastFrameLines({ lastFrames }: TapEnding): string[] {
  const last = lastFrames.slice(-shownFrames);
  const endMs = last.at(-1)?.atMs ?? 0;
  return last.map(({ atMs, direction, type, streamId, length }, i) => {
    const before = endMs - atMs;
    const when = before < 1 ? "" : `, ${durationText(before)} earlier`;
    const stream = streamId === 0 ? "" : ` stream ${streamId}`;
    return `${i === 0 ? "last frames: " : "             "}${direction === "in" ? "<" : ">"} ${type}${stream}, ${length} octets${when}`;
  });
}
