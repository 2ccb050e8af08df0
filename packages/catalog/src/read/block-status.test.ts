import { describe, expect, it } from "vitest";
import { blockStatus } from "./block-status.ts";

describe("a status spread over lines", () => {
  it("is read from what Rust prints of a tonic::Status by `{:#?}`", () => {
    const lines = [
      "ResponseError {",
      "    status: Status {",
      "        code: Internal,",
      '        message: "Failed to connect to https://a.example:6334/: \\"transport\\" error",',
      "        source: None,",
    ];
    expect(blockStatus(lines)).toEqual({
      code: "INTERNAL",
      message: 'Failed to connect to https://a.example:6334/: "transport" error',
      implementation: "tonic",
      proof: "form",
    });
  });

  it("is not read from a struct whose code is no status", () => {
    expect(blockStatus(["Error {", "    code: Timeout,", '    message: "late",', "}"])).toBeUndefined();
  });
});
