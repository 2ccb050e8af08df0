/** Step 7: the first frames of the connections, both ways, with their times; and how the peer ended what it ended. */

import { frameLine } from "@holdfast/grpc/watch";
import { errorCode, errorCodeName, frameTypeName } from "@holdfast/grpc/http2";
import { printable } from "@holdfast/grpc/report";
import type { Wire, WireEnd } from "../wire/index.ts";
import { doubtful, failed } from "./finding.ts";
import { firstLine } from "./foreign-speech.ts";
import type { Finding, Step, TraceLine } from "./step.ts";

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
    const others = ends.flatMap(({ end, wire: each }) => otherLines(each, end, wires));
    const trace = [...frameLines(wires), ...others].sort((a, b) => a.atMs - b.atMs);
    const findings = ends.flatMap(({ end, wire: each }) => (end === undefined ? [] : endFindings(each, end)));
    return { headline: headline(traced), trace, findings };
  },
};

function headline(wires: readonly Wire[]): string {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  const all = sum(wires.map(({ log }) => log.count));
  const received = sum(wires.map(({ log }) => log.received));
  const of = wires.length === 1 ? "" : ` of ${wires.length} connections`;
  if (received === 0) return `${all} frames of ours${of}, none of the server's`;
  return all > maxFrames ? `the first ${maxFrames} of ${all} frames${of}` : `all ${all} frames${of}`;
}

function frameLines(wires: readonly Wire[]): TraceLine[] {
  const lines: TraceLine[] = [];
  for (const wire of wires) {
    for (const frame of wire.log.frames) {
      if (lines.length === maxFrames) return lines;
      lines.push(lineOf(wires, wire, frame.atMs, frame.from, frameLine(frame)));
    }
  }
  return lines;
}

function lineOf(wires: readonly Wire[], wire: Wire, atMs: number, from: "client" | "server", text: string): TraceLine {
  const startMs = wires[0]?.met.startedAtMs ?? 0;
  return { atMs: Number((atMs - startMs).toFixed(3)), connection: wires.indexOf(wire) + 1, from, text };
}

const endWords: Partial<Record<WireEnd["kind"], string>> = {
  fin: "FIN: the peer closed its half",
  rst: "RST: the connection was reset",
  "timed-out": "the kernel gave the connection up",
  "tls-alert": "TLS ended the connection",
  error: "the connection failed",
};

/** What the peer said that was no frame, and how it ended the connection. */
function otherLines(wire: Wire, end: WireEnd | undefined, wires: readonly Wire[]): TraceLine[] {
  const { met, log } = wire;
  const line = (atMs: number | undefined, text: string): TraceLine => lineOf(wires, wire, atMs ?? 0, "server", text);
  const lines: TraceLine[] = [];
  if (log.received === 0 && met.firstBytes.length > 0 && met.tls === undefined) {
    const said = firstLine(Buffer.from(met.firstBytes).toString("latin1"));
    const octets = `${met.firstBytes.length} octets that are no HTTP/2 frame`;
    lines.push(line(met.firstBytesAtMs, said === undefined ? octets : `${octets}: "${printable(said)}"`));
  }
  if (log.received > 0 && log.unfinished !== undefined) {
    const { type, seen } = log.unfinished;
    const what = type === undefined ? "a frame's header" : `a frame of type ${frameTypeName(type)}`;
    lines.push(line(met.lastReceivedAtMs, `${seen} octets of ${what}, and no more`));
  }
  const words = end === undefined ? undefined : endWords[end.kind];
  if (end !== undefined && words !== undefined) lines.push(line(end.atMs, words));
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
    const why = goaway.debugData === "" ? "" : ` ("${goaway.debugData.slice(0, 100)}")`;
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
    const why = goaway.debugData === "" ? "" : ` ("${goaway.debugData.slice(0, 100)}")`;
    const text = `The server left after ${afterMs} ms, by GOAWAY NO_ERROR${why}.`;
    return [doubtful("server-left", text, "It is being stopped, or its connections live for a very short time.")];
  }
  return [];
}
