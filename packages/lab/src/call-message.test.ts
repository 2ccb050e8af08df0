import { fromBinary } from "@bufbuild/protobuf";
import { BytesValueSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { callMessageHeadBytes, callPayload, encodeCallMessage, readCallId } from "./call-message.ts";

describe("the lab's message", () => {
  for (const sizeBytes of [0, 4, 127, 128, 10_000, 300_000, 2_000_000]) {
    it(`of ${sizeBytes} bytes is a BytesValue, and its first bytes tell the call`, () => {
      const message = encodeCallMessage(70_001, sizeBytes);
      expect(Buffer.from(fromBinary(BytesValueSchema, message).value).equals(callPayload(70_001, sizeBytes))).toBe(
        true,
      );
      expect(readCallId(message.subarray(0, callMessageHeadBytes))).toBe(70_001);
    });
  }

  it("cannot tell the call from less, or from another message", () => {
    const message = encodeCallMessage(9, 100);
    for (let bytes = 0; bytes < 6; bytes++) expect(readCallId(message.subarray(0, bytes))).toBeUndefined();
    expect(readCallId(Buffer.from([0x12, 4, 0, 0, 0, 9]))).toBeUndefined();
  });
});
