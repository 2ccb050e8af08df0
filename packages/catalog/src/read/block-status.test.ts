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

describe("a status spread over lines", () => {
  it("is read from what grpcurl prints, also without a message", () => {
    const expected = { code: "UNIMPLEMENTED", message: "", implementation: "grpc-go", proof: "form" };
    expect(blockStatus(["ERROR:", "  Code: Unimplemented", "  Message:"])).toEqual(expected);
    expect(blockStatus(["ERROR:", "  Code: Unimplemented", "  Message: "])).toEqual(expected);
    expect(blockStatus(["ERROR:", "  Code: Unimplemented", "  Message: unknown service a.B"])).toEqual({
      ...expected,
      message: "unknown service a.B",
    });
  });

  it("is read from grpcio's block in a quoted mail", () => {
    expect(blockStatus([">status = StatusCode.UNAVAILABLE", '>details = "Socket closed"'])).toMatchObject({
      code: "UNAVAILABLE",
      message: "Socket closed",
    });
  });

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

  it.each([
    [["    [code] => 14", "    [details] => Connect Failed", ")"]],
    [["Array ( [code] => 14 [details] => Connect Failed [metadata] => Array ( ) )"]],
    [
      [
        "object(stdClass)#12 (3) {",
        '  ["code"]=>',
        "  int(14)",
        '  ["details"]=>',
        '  string(14) "Connect Failed"',
        "}",
      ],
    ],
  ])("is read from what PHP prints by print_r and var_dump: %j", (lines) => {
    expect(blockStatus(lines)).toEqual({
      code: "UNAVAILABLE",
      message: "Connect Failed",
      implementation: "grpc-core",
      proof: "form",
    });
  });

  it("is not read from an array of PHP whose code is no status", () => {
    expect(blockStatus(["Array ( [code] => 404 [details] => not found )"])).toBeUndefined();
    expect(blockStatus(["Array ( [code] => 14 [text] => no details )"])).toBeUndefined();
  });

  it("is not read from a struct whose code is no status", () => {
    expect(blockStatus(["Error {", "    code: Timeout,", '    message: "late",', "}"])).toBeUndefined();
  });
});
