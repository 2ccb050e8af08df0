import { describe, expect, it } from "vitest";
import { status } from "../rpc/status.ts";
import { reasonEntry, reasons, type Reason } from "./reasons.ts";

const names = Object.keys(reasons) as Reason[];

describe("reasons", () => {
  it("are UPPER_SNAKE, with a catalog entry, words and a code that gRPC knows", () => {
    for (const name of names) {
      const { entry, code, what } = reasonEntry(name);
      expect(name).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
      expect(entry, name).toMatch(/^[a-z0-9]+\/[a-z0-9-]+$/);
      expect(what, name).toMatch(/^[a-zA-Z]/);
      if (code !== undefined) expect(status, name).toHaveProperty(code);
    }
  });

  it("leave the code to the wire only where the wire has one", () => {
    expect(names.filter((name) => reasonEntry(name).code === undefined)).toEqual([
      "STREAM_RESET",
      "PEER_STATUS",
      "HTTP_STATUS",
      "HANDLER_STATUS",
    ]);
  });
});
