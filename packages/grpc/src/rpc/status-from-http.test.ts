import { describe, expect, it } from "vitest";
import { statusFromHttp } from "./status-from-http.ts";
import { statusName } from "./status.ts";

describe("an HTTP answer without a gRPC status", () => {
  it("follows the table", () => {
    const seen = [200, 204, 301, 400, 401, 403, 404, 418, 429, 500, 502, 503, 504].map(
      (httpStatus) => `${httpStatus} ${statusName(statusFromHttp(httpStatus))}`,
    );
    expect(seen).toEqual([
      "200 UNKNOWN",
      "204 UNKNOWN",
      "301 UNKNOWN",
      "400 INTERNAL",
      "401 UNAUTHENTICATED",
      "403 PERMISSION_DENIED",
      "404 UNIMPLEMENTED",
      "418 UNKNOWN",
      "429 UNAVAILABLE",
      "500 UNKNOWN",
      "502 UNAVAILABLE",
      "503 UNAVAILABLE",
      "504 UNAVAILABLE",
    ]);
  });
});
