import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callId, readCallId } from "./call-id.ts";
import { clientNames, methodNames } from "./demo-plan.ts";

describe("the id of a call", () => {
  it("tells client, method and number at a glance", () => {
    expect(callId({ client: "holdfast", method: "Read", number: 123 })).toBe("h-r-000123");
    expect(callId({ client: "grpc-js", method: "Write", number: 7_654_321 })).toBe("g-w-7654321");
  });

  it("reads back as it was written", () => {
    const names = fc.record({
      client: fc.constantFrom(...clientNames),
      method: fc.constantFrom(...methodNames),
      number: fc.nat(),
    });
    fc.assert(fc.property(names, (name) => void expect(readCallId(callId(name))).toEqual(name)));
  });

  it.each(["", "h-r-12", "x-r-000001", "h-x-000001", "h-r-000001x", "h-r-00000a"])("is not %j", (text) => {
    expect(readCallId(text)).toBeUndefined();
  });
});
