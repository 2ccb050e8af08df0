import { describe, expect, it } from "vitest";
import { freePorts } from "./free-ports.ts";

describe("free ports", () => {
  it("are different ones, below those that kernels give to outgoing connections", async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    expect(ports.every((port) => port >= 20_000 && port < 30_000)).toBe(true);
  });
});
