/** What Holdfast says of itself is known in every print, also in one line of JSON inside somebody's record. */

import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { loadMatcher } from "../match/matcher.ts";
import { explainWith } from "./explain-with.ts";

const explain = (text: string) => explainWith(loadMatcher(table), text);

const error = { name: "StatusError", code: 14, catalogId: "tcp/fin-inflight", processed: "no" };
const report = {
  streamsEver: 3,
  readyAtMs: 5,
  goaways: [{ code: 11, debugData: "too_many_pings" }],
  socket: "fin",
};

describe("own words in JSON", () => {
  it.each([
    ["a line", JSON.stringify(error)],
    ["several lines", JSON.stringify(error, undefined, 2)],
    ["a record", JSON.stringify({ level: 50, err: error, msg: "failed" })],
  ])("keep what the evidence says of the call: %s", (_, text) => {
    expect(explain(text).findings).toMatchObject([{ id: "tcp/fin-inflight", processed: "no" }]);
  });

  it.each([
    ["a line", JSON.stringify(report)],
    ["several lines", JSON.stringify(report, undefined, 2)],
    ["a record", JSON.stringify({ level: 30, msg: "closed", report })],
  ])("are known in a report: %s", (_, text) => {
    expect(explain(text).findings).toMatchObject([{ id: "http2/enhance-your-calm-too-many-pings" }]);
  });
});

describe("the peer's words in an own error", () => {
  const ofProxy = "upstream connect error or disconnect/reset before headers. reset reason: connection termination";

  it.each([
    ["its message", `StatusError: 14 UNAVAILABLE [PEER_STATUS] ${ofProxy}`],
    [
      "its record",
      JSON.stringify({ message: `14 UNAVAILABLE [PEER_STATUS] ${ofProxy}`, catalogId: "grpc/status-from-server" }),
    ],
  ])("say the cause where they are known, before the status: %s", (_, text) => {
    expect(explain(text).findings).toMatchObject([
      {
        id: "envoy/upstream-connection-termination",
        tied: expect.arrayContaining(["grpc/status-from-server"]) as unknown,
      },
    ]);
  });

  it("are the server's status where nobody knows them", () => {
    const { findings } = explain("StatusError: 5 NOT_FOUND [PEER_STATUS] order 7 is unknown");
    expect(findings).toMatchObject([{ id: "grpc/status-from-server", tied: ["grpc/status-from-server"] }]);
  });
});
