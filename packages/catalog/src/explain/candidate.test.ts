import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

describe("a text of others that needs gRPC around it", () => {
  const words = "alpn=HTTP/2 status_details=upstream_response_timeout user-agent=grpc-go/1.24.0";

  it.each(["[05/12/2019T16:14:53+0000 15]", "[24/Mar/2025:16:22:28 +0000]", "at 22:25:53", "[22:53:10.110]"])(
    "is known behind a time whose parts look like ports: %s",
    (time) => {
      expect(explain(`${time} ${words}`).findings[0]?.id).toBe("envoy/route-timeout");
    },
  );

  it.each(["10.0.0.53:53", "db:5432", "[::1]:6379", "10.0.0.5:22"])(
    "is theirs with an address of theirs: %s",
    (address) => {
      expect(explain(`upstream=${address} ${words}`).findings).toEqual([]);
    },
  );

  it("is not theirs where a name server was asked", () => {
    const text = "grpc client: `lookup shop.svc on 10.96.0.10:53: no such host`";
    expect(explain(text).findings[0]?.id).toBe("connect/name-not-found");
  });
});
