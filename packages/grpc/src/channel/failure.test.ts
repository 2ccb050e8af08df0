import { describe, expect, it } from "vitest";
import { createTerminationReport } from "../report/index.ts";
import { failureOfStream, failureToConnect, type StreamFacts } from "./failure.ts";

const facts: StreamFacts = {
  streamId: 5,
  peer: "10.0.0.1:443",
  headSent: true,
  headersSeen: false,
  messageSeen: false,
};
const end = {
  connectionId: 1,
  role: "client",
  peer: facts.peer,
  startedAtMs: 0,
  endedAtMs: 9,
  goaways: [],
  streamsOpen: 1,
  streamsEver: 3,
  frames: [],
  longestStallMs: 0,
} as const;
const goaway = { code: 0, lastStreamId: 9, debugData: "max_age", atMs: 5 };

function told(...args: Parameters<typeof failureOfStream>) {
  const { code, reason, processed } = failureOfStream(...args);
  return [code, reason, processed];
}

describe("a stream that broke", () => {
  it.each([
    ["goaway above its id", { kind: "goaway-above-last-id", lastStreamId: 3 }, facts, [14, "GOAWAY_UNPROCESSED", "no"]],
    [
      "goaway before its head left",
      { kind: "goaway-above-last-id", lastStreamId: 9 },
      { ...facts, headSent: false },
      [14, "GOAWAY_UNPROCESSED", "no"],
    ],
    ["refused", { kind: "reset-by-peer", code: 7 }, facts, [14, "REFUSED_STREAM", "no"]],
    [
      "refused although an answer had begun",
      { kind: "reset-by-peer", code: 7 },
      { ...facts, headersSeen: true },
      [14, "REFUSED_STREAM", "maybe"],
    ],
    ["reset with CANCEL", { kind: "reset-by-peer", code: 8 }, facts, [1, "STREAM_RESET", "maybe"]],
    ["reset with ENHANCE_YOUR_CALM", { kind: "reset-by-peer", code: 11 }, facts, [8, "STREAM_RESET", "maybe"]],
    ["reset with NO_ERROR", { kind: "reset-by-peer", code: 0 }, facts, [13, "STREAM_RESET", "maybe"]],
    [
      "reset after a message",
      { kind: "reset-by-peer", code: 2 },
      { ...facts, headersSeen: true, messageSeen: true },
      [13, "STREAM_RESET", "yes"],
    ],
  ] as const)("%s", (_, how, seen, expected) => {
    expect(told(how, seen, undefined, true, false)).toEqual(expected);
  });

  it("is told a refusal as a maybe when refusals are not trusted", () => {
    expect(told({ kind: "reset-by-peer", code: 7 }, facts, undefined, false, false)).toEqual([
      14,
      "REFUSED_STREAM",
      "maybe",
    ]);
  });

  it("takes a CANCEL at its deadline for the deadline", () => {
    expect(told({ kind: "reset-by-peer", code: 8 }, facts, undefined, true, true)[0]).toBe(4);
  });

  it.each([
    [{ socket: "fin" }, "CONNECTION_LOST"],
    [{ socket: "rst" }, "CONNECTION_RESET"],
    [{ socket: "rst", goaways: [goaway] }, "GOAWAY_THEN_CLOSED"],
    [{ socket: "closed-by-us", localReason: "ping-timeout" }, "KEEPALIVE_LOST"],
    [{ socket: "closed-by-us", localReason: "no-progress" }, "NO_PROGRESS"],
    [{ socket: "closed-by-us", localReason: "violation" }, "PEER_VIOLATION"],
    [{ socket: "closed-by-us", localReason: "closed" }, "CHANNEL_CLOSED"],
  ] as const)("under a connection that ended as %j: %s, maybe", (how, reason) => {
    const report = createTerminationReport({ ...end, readyAtMs: 1, ...how });
    expect(told({ kind: "connection" }, facts, report, true, false)).toEqual([14, reason, "maybe"]);
    expect(told({ kind: "connection" }, { ...facts, headSent: false }, report, true, false)[2]).toBe("no");
  });
});

describe("a connection that could not be made", () => {
  it.each([
    [{ socket: "connect-failed", socketError: { kind: "ECONNREFUSED", message: "refused" } }, "CONNECT_REFUSED"],
    [{ socket: "connect-failed", socketError: { kind: "TLS", message: "expired" } }, "TLS_FAILED"],
    [{ socket: "connect-failed", socketError: { kind: "ETIMEDOUT", message: "slow" } }, "CONNECT_TIMEOUT"],
    [{ socket: "closed-by-us", localReason: "settings-timeout" }, "CONNECT_TIMEOUT"],
    [{ socket: "closed-by-us", localReason: "violation" }, "WRONG_PROTOCOL"],
    [{ socket: "closed-by-us", localReason: "wrong-protocol" }, "ALPN_MISSING"],
    [{ socket: "fin" }, "CONNECT_FAILED"],
  ] as const)("%j: %s, never processed", (how, reason) => {
    const { code, reason: said, processed } = failureToConnect(createTerminationReport({ ...end, ...how }));
    expect([code, said, processed]).toEqual([14, reason, "no"]);
  });
});
