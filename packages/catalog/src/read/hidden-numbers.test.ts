import { describe, expect, it } from "vitest";
import { explain } from "../explain/index.ts";
import { writeHiddenNumbers } from "./hidden-numbers.ts";

describe("writeHiddenNumbers", () => {
  it.each([
    ["larger than max (xxxxxxx vs. 4194304)", "larger than max (99 vs. 4194304)"],
    ["larger than max (XXXX vs. YYYY)", "larger than max (99 vs. 99)"],
    ["larger than max (*** vs. 4194304)", "larger than max (99 vs. 4194304)"],
    ["larger than max (12**** vs. 4194304)", "larger than max (99 vs. 4194304)"],
    ["larger than max (<size> vs. <limit>)", "larger than max (99 vs. 99)"],
    ["larger than max ({n} vs. 4194304)", "larger than max (99 vs. 4194304)"],
    ["larger than max ([number] vs. 4194304)", "larger than max (99 vs. 4194304)"],
    ["larger than max (%d vs. %d)", "larger than max (99 vs. 99)"],
    ["larger than max (N vs. 4194304)", "larger than max (99 vs. 4194304)"],
    ["larger than max (5,242,880 vs. 4_194_304)", "larger than max (5242880 vs. 4194304)"],
    ["larger than max (5.2MB vs. 4 MiB)", "larger than max (99 vs. 99)"],
    ["exceeds maximum size 4194304: xxxxxx", "exceeds maximum size 4194304: 99"],
  ])("writes %j with digits", (text, written) => {
    expect(writeHiddenNumbers(text)).toBe(written);
  });

  it.each([
    "dial tcp xxx.xxx.xxx.xxx:443: connect",
    "dial tcp xxx:443: connect",
    "RST_STREAM with code xx",
    "stream ID xxx; INTERNAL_ERROR",
    `HTTP status code ${"X".repeat(3)}; at <n>:443`,
    "costs 1,50 and 10,000.50, v1_000",
    "a list: 1,2,3",
    "***bold*** (redacted) tcp ***->***",
  ])("leaves %j", (text) => {
    expect(writeHiddenNumbers(text)).toBe(text);
  });

  it.each([
    "rpc error: code = ResourceExhausted desc = grpc: received message larger than max (xxxxxxx vs. 4194304)",
    "rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5,242,880 vs. 4,194,304)",
    "rpc error: code = ResourceExhausted desc = trying to send message larger than max (*** vs. 2147483647)",
    "RESOURCE_EXHAUSTED: gRPC message exceeds maximum size 4194304: NNNN",
    'Error: 8 RESOURCE_EXHAUSTED: Received message larger than max (<num> vs 4194304)"',
  ])("makes %j known", (text) => {
    expect(explain(text).findings[0]?.id).toBe("grpc/message-too-large");
  });
});
