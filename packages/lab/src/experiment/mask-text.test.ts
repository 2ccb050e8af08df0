/** Equal failures have one text, whatever port, stream or moment they had; unequal ones keep theirs. */
import { describe, expect, it } from "vitest";
import { maskText } from "./mask-text.ts";

describe("maskText", () => {
  it.each([
    ["connect ECONNREFUSED 127.0.0.1:40123", "connect ECONNREFUSED 127.0.0.1:…"],
    ["ipv4:127.0.0.1:40123: Failed to connect", "ipv4:127.0.0.1:…: Failed to connect"],
    ["ipv4:127.0.0.1%3A40123", "ipv4:127.0.0.1%3A…"],
    ["dial tcp [::1]:443: connection refused", "dial tcp [::1]:…: connection refused"],
    ["Deadline exceeded after 0.302s,LB pick: 0.001s", "Deadline exceeded after …s,LB pick: …s"],
    ['created_time:"2026-11-22T05:10:11.123+00:00"', 'created_time:"…"'],
    ['{"created":"@1490271131.8","fd":16}', '{"created":"@…","fd":…}'],
    ["stream 7 was lost (stream-id=9, streamId: 11)", "stream … was lost (stream-id=…, streamId: …)"],
    ["conn 12 to 127.0.0.1:40001: open 231 ms", "conn … to 127.0.0.1:…: open … ms"],
  ])("%s", (text, masked) => expect(maskText(text)).toBe(masked));

  it.each([
    "13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
    "rpc error: code = Unavailable desc = error reading from server: EOF",
    "HTTP status 502, protocol 1",
  ])("leaves %s", (text) => expect(maskText(text)).toBe(text));
});
