import { createTerminationReport, StatusError, type ConnectionEnd } from "@holdfast/grpc/report";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ownWords } from "./own-words.ts";

const reasons = { CONNECTION_LOST: "tcp/fin-inflight" };

const end: ConnectionEnd = {
  connectionId: 3,
  role: "client",
  peer: "10.0.3.4:443",
  startedAtMs: 0,
  readyAtMs: 2,
  endedAtMs: 500,
  socket: "fin",
  goaways: [],
  streamsOpen: 1,
  streamsEver: 4,
  frames: [],
  longestStallMs: 0,
};

const goaway = { code: 0, lastStreamId: 41, debugData: "max_age", atMs: 400 };

describe("failures that name themselves", () => {
  const error = StatusError.of("GOAWAY_UNPROCESSED", undefined, {
    evidence: [{ kind: "goaway-above-last-id", streamId: 7, lastStreamId: 5 }],
  });

  it.each([
    ["JSON", JSON.stringify(error)],
    ["indented JSON", JSON.stringify(error, undefined, 2)],
    ["an inspected object", inspect({ ...error.toJSON() })],
  ])("reads id and evidence of a StatusError as %s", (_, text) => {
    expect(ownWords(text, reasons)).toMatchObject({
      id: "grpc/goaway-unprocessed-stream",
      processed: "no",
      isExact: true,
    });
  });

  it("reads the reason in a message", () => {
    const words = ownWords("StatusError: 14 UNAVAILABLE [CONNECTION_LOST] the connection was closed", reasons);
    expect(words).toMatchObject({ id: "tcp/fin-inflight", isExact: false });
    expect(ownWords("14 UNAVAILABLE [constructor] x", reasons)).toBeUndefined();
  });

  it.each([
    [end, "tcp/fin-inflight"],
    [{ ...end, socket: "rst" }, "tcp/reset-inflight"],
    [{ ...end, goaways: [goaway] }, "grpc/goaway-then-connection-closed"],
    [{ ...end, goaways: [goaway], streamsOpen: 0 }, "grpc/goaway-inflight-continues"],
    [
      { ...end, goaways: [{ ...goaway, code: 11, debugData: "too_many_pings" }] },
      "http2/enhance-your-calm-too-many-pings",
    ],
    [{ ...end, goaways: [{ ...goaway, code: 1 }] }, "http2/goaway-error-code"],
    [{ ...end, localReason: "ping-timeout", socket: "closed-by-us" }, "keepalive/ping-timeout-dead-peer"],
    [{ ...end, localReason: "settings-timeout", socket: "closed-by-us" }, "connect/settings-hang"],
  ] as readonly (readonly [ConnectionEnd, string])[])("judges a termination report by its facts: %#", (facts, id) => {
    for (const indent of [0, 2]) {
      expect(ownWords(JSON.stringify(createTerminationReport(facts), undefined, indent), reasons)?.id).toBe(id);
    }
  });

  it("says nothing about other people's words", () => {
    expect(ownWords("14 UNAVAILABLE: Connection dropped", reasons)).toBeUndefined();
  });
});
