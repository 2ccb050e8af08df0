import { describe, expect, it } from "vitest";
import { entryOfAccessLog, isEnvoysAccessLog } from "./access-log.ts";

describe("entryOfAccessLog", () => {
  it.each([
    ["t||POST||/a.B/C||HTTP/2||503||UF||12", "envoy/no-usable-upstream"],
    ["t|POST|/a.B/C|HTTP/2|503|UC|-|12", "envoy/upstream-connection-termination"],
    ["t | POST | HTTP/2 | 504 | UT | 12", "envoy/route-timeout"],
    ["t;POST;/a.B/C;HTTP/2;0;DC;12", "client/cancel-or-deadline-seen-by-server"],
    ["[POST] [HTTP/2] [503] [UR] [12]", "envoy/remote-reset"],
    ['"http_code":503,"resp_flags":"UH","upstream":"x"', "envoy/no-usable-upstream"],
    ["flags=SI path=/a.B/C status=504", "envoy/stream-idle-timeout"],
    ["503 URX,UC end", "envoy/upstream-connection-termination"],
    ["503 URX", "envoy/no-usable-upstream"],
    ["answers 503 with response flag UF", "envoy/no-usable-upstream"],
  ])("reads %j", (line, id) => {
    expect(entryOfAccessLog(line)).toBe(id);
  });

  it.each(["503 UFO", "503 uf", "flags=UF", "1503 UF", "10.0.0.503 UF", "503 UF-8", "status 503 then UF", "503 XX"])(
    "leaves %j",
    (line) => {
      expect(entryOfAccessLog(line)).toBeUndefined();
    },
  );
});

describe("isEnvoysAccessLog", () => {
  it.each([
    '[2026-02-24T10:00:00.000Z] "GET /api/data HTTP/1.1" 503 UF 0 91 5 - "-" "curl/7.68.0"',
    '"POST /api HTTP/1.1" 503 UF,URX "-" 0 95 1 -',
    'ACCESS [2019-08-22T09:14:59.506Z] "GET /a HTTP/1.1" 503 UH 0 19 3 - "" "curl/7.68.0"',
    "503 UC, upstream_reset_before_response_started",
    '{"response_flags":"UC","response_code":503}',
    "503 UC in istio-proxy",
    '{"flag":"UC","cluster":"outbound|8080||shop.default.svc.cluster.local"}',
  ])("knows %s", (line) => {
    expect(isEnvoysAccessLog(line)).toBe(true);
  });

  it.each([
    '10.0.0.9 - - [01/Oct/2026:11:03:17 +0000] "GET /api HTTP/1.1" 503 612 "-" "curl/7.68.0"',
    '[2026-02-24T10:00:00.000Z] "GET /api/data HTTP/1.1" 200 - 0 91 5 - "-" "curl/7.68.0"',
    "503 UF",
  ])("leaves %s to others", (line) => {
    expect(isEnvoysAccessLog(line)).toBe(false);
  });
});
