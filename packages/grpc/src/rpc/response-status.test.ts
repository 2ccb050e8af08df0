import { describe, expect, it } from "vitest";
import { base64 } from "../http2/bytes.ts";
import { encodeDetails } from "./details.ts";
import { responseStatus, statusWithoutGrpc, type ResponseStatus } from "./response-status.ts";
import { statusName } from "./status.ts";

const ok = [":status", "200", "content-type", "application/grpc"];

function line({ kind, code, message }: ResponseStatus): string {
  return `${kind} ${statusName(code)}: ${message}`;
}

describe("the status of an answer", () => {
  it("is the one in its trailers", () => {
    expect(line(responseStatus(ok, ["grpc-status", "0"], false))).toBe("peer-status OK: ");
    expect(line(responseStatus(ok, ["grpc-status", "5", "grpc-message", "no%20%C3%BC"], false))).toBe(
      "peer-status NOT_FOUND: no ü",
    );
  });

  it("may be any of gRPC's numbers", () => {
    for (let code = 0; code <= 16; code++) {
      expect(responseStatus(ok, ["grpc-status", `${code}`], false)).toMatchObject({ kind: "peer-status", code });
    }
  });

  it("has no details where none were sent", () => {
    for (const answer of [
      responseStatus(ok, ["grpc-status", "5"], false),
      responseStatus([":status", "502"], undefined, false),
      responseStatus([":status", "200", "content-type", "text/html"], undefined, false),
      responseStatus(ok, undefined, false),
    ]) {
      expect(answer.details, answer.kind).toEqual([]);
    }
  });

  it("is the one in its headers when nothing else came, whatever the HTTP status", () => {
    const headers = [":status", "503", "content-type", "text/plain", "grpc-status", "7"];
    expect(line(responseStatus(headers, undefined, true))).toBe("peer-status PERMISSION_DENIED: ");
    expect(statusWithoutGrpc(headers)).toBeUndefined();
  });

  it("brings its details", () => {
    const detail = { typeUrl: "type.googleapis.com/x", value: Uint8Array.of(1, 2) };
    const encoded = base64(encodeDetails({ code: 9, message: "m", details: [detail] }));
    const read = responseStatus(ok, ["grpc-status", "9", "grpc-status-details-bin", encoded], false);
    expect(read.details.map(({ typeUrl, value }) => [typeUrl, ...value])).toEqual([["type.googleapis.com/x", 1, 2]]);
    expect(responseStatus(ok, ["grpc-status", "9", "grpc-status-details-bin", "!!"], false).details).toEqual([]);
  });

  it("is UNKNOWN when the number is not one of gRPC's", () => {
    expect(line(responseStatus(ok, ["grpc-status", "17", "grpc-message", "hm"], false))).toBe(
      'peer-status UNKNOWN: grpc-status "17" is not one of gRPC\'s: hm',
    );
    for (const text of ["", "-1", "abc", "1.5", "0x5", " 5", "5 ", "1e1", "0000000005"]) {
      expect(statusName(responseStatus(ok, ["grpc-status", text], false).code), text).toBe("UNKNOWN");
    }
  });

  it("follows HTTP when a proxy answered", () => {
    expect(line(responseStatus([":status", "502", "content-type", "text/html"], undefined, false))).toBe(
      "http-status UNAVAILABLE: HTTP 502 without a gRPC status",
    );
    expect(line(responseStatus([":status", "200", "content-type", "text/html"], undefined, false))).toBe(
      'not-grpc UNKNOWN: HTTP 200 with content-type "text/html", expected application/grpc',
    );
    expect(line(responseStatus([":status", "200"], undefined, true))).toContain("no content-type");
  });

  it("is INTERNAL when a gRPC answer breaks off without one", () => {
    expect(line(responseStatus(ok, undefined, false))).toContain(
      "missing-status INTERNAL: the answer ended without trailers",
    );
    expect(line(responseStatus(ok, ["x", "y"], false))).toContain("trailers that hold no grpc-status");
    // A grpc-status in the first headers of an answer that had a body is not its status.
    expect(line(responseStatus([...ok, "grpc-status", "0"], undefined, false))).toContain("missing-status");
  });
});
