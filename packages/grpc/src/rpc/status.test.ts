import { expect, it } from "vitest";
import { status, statusName } from "./status.ts";

it("knows gRPC's codes by name, and takes every other number for UNKNOWN", () => {
  for (const [name, code] of Object.entries(status)) expect(statusName(code)).toBe(name);
  for (const code of [17, -1, 1.5, NaN]) expect(statusName(code)).toBe("UNKNOWN");
});
