import { reasons } from "@holdfast/grpc/report";
import { describe, expect, it } from "vitest";
import { libraryIds } from "./library-ids.ts";

describe("libraryIds", () => {
  it("are those of every reason, and those that the wire makes more exact", () => {
    const ids = libraryIds();
    for (const { entry } of Object.values(reasons)) expect(ids.has(entry), entry).toBe(true);
    expect(ids.get("http2/rst-cancel-from-server")).toBe("reason STREAM_RESET");
    expect(ids.get("haproxy/refused-stream-after-forwarding")).toBe("reason REFUSED_STREAM");
  });
});
