import { describe, expect, it } from "vitest";
import { blockStatus } from "./block-status.ts";

describe("the exception of Google's PHP libraries, printed as JSON", () => {
  const printed = (code: number, status: string): string[] => [
    "PHP Fatal error:  Uncaught Google\\ApiCore\\ApiException: {",
    '    "message": "failed to connect to all addresses",',
    `    "code": ${code},`,
    `    "status": "${status}",`,
    '    "details": []',
    "}",
  ];

  it("is read where number and name agree", () => {
    expect(blockStatus(printed(14, "UNAVAILABLE"))).toEqual({
      code: "UNAVAILABLE",
      message: "failed to connect to all addresses",
      implementation: "grpc-core",
      proof: "form",
    });
  });

  it("is none where they do not, as in an error of an HTTP interface", () => {
    expect(blockStatus(printed(3, "UNAVAILABLE"))).toBeUndefined();
    expect(blockStatus(printed(503, "UNAVAILABLE"))).toBeUndefined();
  });
});
