import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeDetails, encodeDetails } from "./details.ts";

describe("status details", () => {
  it("come out as they went in", () => {
    const detail = fc.record({ typeUrl: fc.string(), value: fc.uint8Array({ maxLength: 30 }) });
    const rich = fc.record({ code: fc.integer({ min: 0, max: 16 }), message: fc.string(), details: fc.array(detail) });
    fc.assert(
      fc.property(rich, (status) => {
        const back = decodeDetails(encodeDetails(status));
        expect(back?.details.map((each) => ({ ...each, value: [...each.value] }))).toEqual(
          status.details.map((each) => ({ ...each, value: [...each.value] })),
        );
        expect({ code: back?.code, message: back?.message }).toEqual({ code: status.code, message: status.message });
      }),
    );
  });

  it("read what another implementation wrote, and skip fields that are not theirs", () => {
    // code 5, message "no", one detail { type_url "t", value 0x01 }, an unknown field 9.
    const bytes = Uint8Array.from([0x08, 5, 0x12, 2, 0x6e, 0x6f, 0x1a, 6, 0x0a, 1, 0x74, 0x12, 1, 1, 0x48, 3]);
    expect(decodeDetails(bytes)).toEqual({
      code: 5,
      message: "no",
      details: [{ typeUrl: "t", value: Uint8Array.of(1) }],
    });
    expect([...encodeDetails(decodeDetails(bytes) ?? { code: 0, message: "", details: [] })]).toEqual([
      ...bytes.subarray(0, 14),
    ]);
  });

  it("leave out what is zero or empty, as protobuf does", () => {
    expect([...encodeDetails({ code: 0, message: "", details: [] })]).toEqual([]);
    expect([...encodeDetails({ code: 0, message: "", details: [{ typeUrl: "", value: new Uint8Array() }] })]).toEqual([
      ...[0x1a, 0],
    ]);
  });

  it("skip fields that have our numbers in another wire type, and strings that are not theirs", () => {
    // As code a string, as message and as detail a number, an unknown string 9; in the detail two numbers and a string 9.
    const outer = [0x0a, 1, 0x05, 0x10, 5, 0x18, 1, 0x4a, 1, 0x61];
    const detail = [0x08, 1, 0x10, 1, 0x4a, 1, 0x61];
    expect(decodeDetails(Uint8Array.from([...outer, 0x1a, detail.length, ...detail]))).toEqual({
      code: 0,
      message: "",
      details: [{ typeUrl: "", value: new Uint8Array() }],
    });
  });

  it("never fail on what a peer sent", () => {
    expect(decodeDetails(Uint8Array.of(0x12, 200))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeDetails(bytes)));
  });
});
