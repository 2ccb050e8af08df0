/** Step 7: the first frames of the connections, both ways, with their times; and how the peer ended what it ended. */

import { frameLine } from "@holdfast/grpc/watch";
import { errorCode, errorCodeName, frameTypeName } from "@holdfast/grpc/http2";
import { printable } from "@holdfast/grpc/report";
import type { Wire, WireEnd } from "../wire/index.ts";
import { doubtful, failed } from "./finding.ts";
import { firstLine } from "./foreign-speech.ts";
import type { Finding, Step } from "./step.ts";

/** As many as the packets that people ask tcpdump for. */
const maxFrames = 20;

export const framesStep: Step = {
  id: "frames",
  title: "Frames",
  // Closing may wait a second for the peer's FIN.
  limitMs: () => 5_000,
  run: async ({ wires, wire }) => {
    const ends = await Promise.all(
      wires.map(async (each) => ({ wire: each, end: each.isOpen ? undefined : await each.ended })),
    );
    void wire?.close();
    const traced = wires.filter(({ log }) => log.count > 0);
    if (traced.length === 0) return { headline: "no connection spoke HTTP/2", skipped: true };
    const lines = [...linesOf(traced), ...ends.flatMap(({ end, wire: each }) => endLines(each, end, wires))];
    const findings = ends.flatMap(({ end, wire: each }) => (end === undefined ? [] : endFindings(each, end)));
    return { headline: headline(traced), lines, findings };
  },
};

function headline(wires: readonly Wire[]): string {
  const all = wires.reduce((sum, { log }) => sum + log.count, 0);
  const of = wires.length === 1 ? "" : `, of ${wires.length} connections`;
  return all > maxFrames ? `the first ${maxFrames} of ${all} frames${of}` : `all ${all} frames${of}`;
}

/** `   1.4 ms  <  SETTINGS …`; our own frames are `>`. Times are from the beginning of the first connection. */
function linesOf(wires: readonly Wire[]): string[] {
  const lines: string[] = [];
  for (const wire of wires) {
    for (const frame of wire.log.frames) {
      if (lines.length === maxFrames) return lines;
      lines.push(line(wires, wire, frame.atMs, frame.from === "client" ? ">" : "<", frameLine(frame)));
    }
  }
  return lines;
}

function line(wires: readonly Wire[], wire: Wire, atMs: number, mark: "<" | ">", text: string): string {
  const startMs = wires[0]?.met.startedAtMs ?? 0;
  const number = wires.length === 1 ? "" : `#${wires.indexOf(wire) + 1} `;
  return `${`${(atMs - startMs).toFixed(1)} ms`.padStart(10)}  ${number}${mark}  ${text}`;
}

const endWords: Partial<Record<WireEnd["kind"], string>> = {
  fin: "FIN: the peer closed its half",
  rst: "RST: the connection was reset",
  "timed-out": "the kernel gave the connection up",
  "tls-alert": "TLS ended the connection",
  error: "the connection failed",
};

/** What the peer said that was no frame, and how it ended the connection. */
function endLines(wire: Wire, end: WireEnd | undefined, wires: readonly Wire[]): string[] {
  const { met, log } = wire;
  const lines: string[] = [];
  if (log.received === 0 && met.firstBytes.length > 0 && met.tls === undefined) {
    const said = firstLine(Buffer.from(met.firstBytes).toString("latin1"));
    lines.push(line(wires, wire, met.firstBytesAtMs ?? 0, "<", `no HTTP/2: "${printable(said)}"`));
  }
  if (log.received > 0 && log.unfinished !== undefined) {
    const { type, seen } = log.unfinished;
    const what = type === undefined ? "a frame's header" : `a ${frameTypeName(type)} frame`;
    lines.push(line(wires, wire, met.lastReceivedAtMs ?? 0, "<", `${seen} octets of ${what}, and no more`));
  }
  const words = end === undefined ? undefined : endWords[end.kind];
  if (end !== undefined && words !== undefined) lines.push(line(wires, wire, end.atMs, "<", words));
  return lines;
}

/** Ends that nobody asked for, as far as no call was in their way: that one has said so itself. */
function endFindings(wire: Wire, end: WireEnd): Finding[] {
  const goaway = end.goaways.at(-1);
  const afterMs = Math.round(end.atMs - wire.met.startedAtMs);
  if (goaway !== undefined && goaway.debugData.startsWith("too_many_pings")) {
    const text = "The server ended the connection over the few PINGs of this report (too_many_pings).";
    return [failed("too-many-pings", text, "It allows next to none: clients with keepalive lose their connections.")];
  }
  if (goaway !== undefined && goaway.code !== errorCode.NO_ERROR) {
    const why = goaway.debugData === "" ? "" : ` ("${firstLine(goaway.debugData)}")`;
    const text = `The server ended a connection with GOAWAY ${errorCodeName(goaway.code)}${why}.`;
    return [
      failed(
        "goaway-with-error",
        text,
        "It holds something of what was sent against us; Node's own HTTP/2 loses every call on such a GOAWAY.",
      ),
    ];
  }
  if (goaway !== undefined) {
    const why = goaway.debugData === "" ? "" : ` ("${firstLine(goaway.debugData)}")`;
    const text = `The server left after ${afterMs} ms, by GOAWAY NO_ERROR${why}.`;
    return [doubtful("server-left", text, "It is being stopped, or its connections live for a very short time.")];
  }
  return [];
}
