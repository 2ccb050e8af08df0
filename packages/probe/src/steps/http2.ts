/** Step 4: the peer's preface: its SETTINGS as sent, and the round trip of a PING. */

import { type Wire, type WireFault } from "../wire/index.ts";
import { failed } from "./finding.ts";
import { foreignSpeech } from "./foreign-speech.ts";
import { judgeSettings } from "./settings-policy.ts";
import type { Fact, Finding, Step, StepOutcome } from "./step.ts";

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
    if (opened.kind === "failed") return notOpen(wire, opened.fault, context.tls !== undefined);
    const { settings } = wire.met;
    const trips = await roundTrips(wire, context.target.answerMs);
    const goaway = wire.log.frames.find((frame) => frame.kind === "goaway" && frame.from === "server");
    const facts: Fact[] = [
      { name: "SETTINGS after", value: `${(settings?.tookMs ?? 0).toFixed(1)} ms` },
      ...(settings?.values ?? []).map(([name, value]) => ({ name, value: value.toLocaleString("en") })),
      ...windowFacts(wire),
      { name: "PING round trip", value: tripsText(trips) },
    ];
    const findings: Finding[] = [
      ...judgeSettings(settings?.values ?? []),
      ...pingFindings(wire, trips, context.target.answerMs),
    ];
    if (goaway?.kind === "goaway") {
      const text = `The server said GOAWAY ${goaway.code} on a new connection${goaway.debugData === "" ? "" : ` ("${goaway.debugData}")`}.`;
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

async function roundTrips(wire: Wire, limitMs: number): Promise<number[]> {
  const trips: number[] = [];
  for (let i = 0; i < pings; i++) {
    const pong = await wire.ping(limitMs);
    if (pong.kind !== "answered") break;
    trips.push(pong.roundTripMs);
  }
  return trips;
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
  return [{ name: "connection window", value: (65_535 + update.increment).toLocaleString("en") }];
}

function notOpen(wire: Wire, fault: WireFault, overTls: boolean): StepOutcome {
  if (fault.stage === "tls") return { headline: "not tried: TLS did not come up", skipped: true };
  if (fault.stage !== "http2") return { headline: `no connection: ${fault.message}`, skipped: true };
  const speech = foreignSpeech(wire.met.firstBytes);
  if (speech !== undefined && !(speech.protocol === "TLS" && overTls)) {
    return { headline: `not spoken here: the port speaks ${speech.protocol}`, skipped: true };
  }
  const finding = faultFinding(wire, fault);
  if (finding === undefined)
    return { headline: "not tried: the server turned the connection away in TLS", skipped: true };
  return { headline: "no HTTP/2 came up", findings: [finding] };
}

function faultFinding({ log, met }: Wire, { kind, message }: WireFault): Finding | undefined {
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
    case "refused":
      // An alert after the handshake is told by the step about TLS.
      return message.includes("GOAWAY")
        ? failed("goaway-at-once", `${sentence(message)}.`, "It turns this client away.")
        : undefined;
    case "not-found":
    case "error":
      return failed(
        "closed-before-settings",
        `The connection ended before the server's SETTINGS: ${message}.`,
        "The operating system gave this reason.",
      );
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 16))
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");
}
