import { describe, expect, it } from "vitest";
import { shownTemplate } from "./shown-template.ts";

describe("a template as people read it", () => {
  it.each([
    ["Received RST_STREAM with code {http2_code:int}", "Received RST_STREAM with code N"],
    ["connect ECONNREFUSED {address:addr}", "connect ECONNREFUSED host:port"],
    ["POST {word} took {text}", "POST … took …"],
    ["received metadata size exceeds {soft|hard} limit", "received metadata size exceeds (soft|hard) limit"],
    ["code {1|3|4|5}", "code (1|3|4|…)"],
    ["MetadataMap {{ headers: {{}} }}", "MetadataMap { headers: {} }"],
    ["transport is closing", "transport is closing"],
  ])("%s", (template, shown) => {
    expect(shownTemplate(template)).toBe(shown);
  });
});
