/** Step 4: the peer's preface: its SETTINGS as sent, and the round trip of a PING. */

import type { FrameSeen, Wire, WireFault } from "../wire/index.ts";
import { failed } from "./finding.ts";
import { foreignSpeech } from "./foreign-speech.ts";
import { judgeSettings } from "./settings-policy.ts";
import type { Fact, Finding, ProbeContext, Step, StepOutcome } from "./step.ts";

/** Two: servers that count PINGs (grpc-go, C-core) end a connection at the third that comes too soon after another. */
const pings = 2;

export const http2Step: Step = {
  id: "http2",
  title: "HTTP/2",
  limitMs: (answerMs) => 2 * answerMs + 1_000,
  run: async (context) => {
    const { wire } = context;
    if (wire === undefined) return { headline: "not tried: there is no connection", skipped: true };
    const opened = await wire.opened;
    if (opened.kind === "failed") return notOpen(wire, opened.fault, context);
    const { settings } = wire.met;
    const atOnce = goawayIn(wire);
    const trips = await roundTrips(wire, context.target.answerMs);
    const facts: Fact[] = [
      { name: "SETTINGS after", value: `${(settings?.tookMs ?? 0).toFixed(1)} ms` },
      ...(settings?.values ?? []).map(([name, value]) => ({ name, value: grouped(value) })),
      ...windowFacts(wire),
      { name: "PING round trip", value: tripsText(trips) },
    ];
    const findings: Finding[] = [
      ...judgeSettings(settings?.values ?? []),
      ...pingFindings(wire, trips, context.target.answerMs),
    ];
    if (atOnce !== undefined) {
      const text = `The server said GOAWAY ${atOnce.code} on a new connection${atOnce.debugData === "" ? "" : ` ("${atOnce.debugData}")`}.`;
      findings.push(
        failed(
          "goaway-at-once",
          text,
          "It is shutting down, or turns this client away; calls on this connection are refused.",
        ),
      );
    }
    const only = trips.length === 0 ? "no PING was answered" : `PING ${Math.min(...trips).toFixed(1)} ms`;
    return { headline: `SETTINGS came; ${only}`, facts, findings };
  },
};

function goawayIn({ log }: Wire): Extract<FrameSeen, { kind: "goaway" }> | undefined {
  return log.frames.find((frame) => frame.kind === "goaway" && frame.from === "server") as ReturnType<typeof goawayIn>;
}

async function roundTrips(wire: Wire, limitMs: number): Promise<number[]> {
  const trips: number[] = [];
  for (let i = 0; i < pings; i++) {
    const pong = await wire.ping(limitMs);
    if (pong.kind !== "answered") break;
    trips.push(pong.roundTripMs);
  }
  return trips;
}

/** `1,048,576`. Not by toLocaleString, whose first use loads for longer than a server takes to answer. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function tripsText(trips: readonly number[]): string {
  return trips.length === 0 ? "not answered" : trips.map((ms) => `${ms.toFixed(1)} ms`).join(", ");
}

function pingFindings(wire: Wire, trips: readonly number[], limitMs: number): Finding[] {
  if (trips.length > 0 || !wire.isOpen) return [];
  const text = `The server answered SETTINGS and no PING for ${limitMs} ms.`;
  return [
    failed(
      "ping-unanswered",
      text,
      "Every client with keepalive takes this server for dead; RFC 9113 §6.7 requires the answer.",
    ),
  ];
}

/** The window of the whole connection is opened by WINDOW_UPDATE, not by SETTINGS: RFC 9113 §6.9.2. */
function windowFacts({ log }: Wire): Fact[] {
  const update = log.frames.find(
    (frame) => frame.kind === "window-update" && frame.from === "server" && frame.streamId === 0,
  );
  if (update?.kind !== "window-update") return [];
  return [{ name: "connection window", value: grouped(65_535 + update.increment) }];
}

/** What stands in the way and was told by an earlier step is not told twice. */
function notOpen(wire: Wire, fault: WireFault, { found }: ProbeContext): StepOutcome {
  const told = found.some(({ verdict }) => verdict === "failed");
  const speech = foreignSpeech(wire.met.firstBytes);
  if (told && speech !== undefined && wire.met.tls === undefined && speech.protocol !== "TLS") {
    return { headline: `not spoken here: the port speaks ${speech.protocol}`, skipped: true };
  }
  if (told && fault.stage === "tls") return { headline: "not tried: TLS did not come up", skipped: true };
  if (told && fault.kind === "refused" && wire.met.tls !== undefined) {
    return { headline: "not tried: the server ended TLS", skipped: true };
  }
  return { headline: "no HTTP/2 came up", findings: [faultFinding(wire, fault)] };
}

function faultFinding({ log, met }: Wire, { kind, message }: WireFault): Finding {
  switch (kind) {
    case "silent": {
      const text = `The connection is accepted, and then nothing: ${message}.`;
      return failed(
        "accepted-and-silent",
        text,
        "Something takes connections and does not serve them: a stuck process, a proxy without a backend, or a protocol that waits. Calls wait until their deadline.",
      );
    }
    case "unfinished": {
      const part = log.unfinished;
      const text = `The server began to speak and stopped: ${message}${part === undefined ? "" : ` (${part.seen} octets of a frame came)`}.`;
      return failed(
        "settings-unfinished",
        text,
        "A stuck process, or something between that lets only the first bytes pass (a wrong MTU does that).",
      );
    }
    case "closed":
    case "reset": {
      const how = kind === "reset" ? "reset" : "closed";
      const text = `The connection was accepted and ${how} before the server's SETTINGS.`;
      return failed(
        "closed-before-settings",
        text,
        "A load balancer without a healthy target, a TLS port spoken to in plain text (or the reverse), or a server that turns HTTP/2 away.",
      );
    }
    case "foreign": {
      const text = `What came is not HTTP/2 as RFC 9113 has it: ${message} (the first octets: ${hexOf(met.firstBytes)}).`;
      return failed(
        "http2-violation",
        text,
        "Another protocol listens there, or a defect of the server or of something between.",
      );
    }
    case "refused": {
      const advice = "The server turns this client away; its log has the reason.";
      return failed(
        "goaway-at-once",
        `The server refused: ${message}.`,
        advice,
        message.includes("GOAWAY") ? undefined : "connect/closed-before-settings",
      );
    }
    case "not-found":
    case "error":
      return failed(
        "closed-before-settings",
        `The connection ended before the server's SETTINGS: ${message}.`,
        "The operating system gave this reason.",
      );
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 16))
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");
}
