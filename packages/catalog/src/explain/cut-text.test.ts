import { table } from "#catalog/signatures.js";
import { describe, expect, it } from "vitest";
import { readCut } from "./cut-text.ts";

const idsOf = (line: string, onlyMessages = false): readonly string[] =>
  readCut(line, table, onlyMessages)?.tied.map((entry) => table.entries[entry]?.id ?? "") ?? [];

describe("readCut", () => {
  it.each([
    ["grpc/goaway-unprocessed-stream", "rpc error: code = Unavailable desc = the connection is dr…"],
    ["keepalive/ping-timeout-dead-peer", "rpc error: code = Unavailable desc = keepalive ping failed to rec..."],
    ["http2/rst-protocol-error", "…m closed with error code NGHTTP2_PROTOCOL_ERROR"],
  ])("knows %s by %j", (id, line) => {
    expect(idsOf(line)).toContain(id);
  });

  it.each(["14 UNAVAILABLE: Conn…", "the connection is dr…", "", "…"])("is silent on %j", (line) => {
    expect(idsOf(line)).toEqual([]);
  });

  it("looks only at messages of statuses when told so", () => {
    expect(idsOf("m closed with error code NGHTTP2_PROTOCOL_ERROR", true)).toEqual([]);
  });
});
