import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("the name that was probably meant", () => {
  const known = ["maxAttempts", "name", "timeout"];

  it("differs in case, separators or a slip or two", () => {
    expect(nearest("MaxAttempts", known)).toBe("maxAttempts");
    expect(nearest("max_attempts", known)).toBe("maxAttempts");
    expect(nearest("maxAtempt", known)).toBe("maxAttempts");
    expect(nearest("timout", known)).toBe("timeout");
  });

  it("is nobody's guess when it is too far", () => {
    expect(nearest("retries", known)).toBeUndefined();
    expect(nearest("game_of", known)).toBeUndefined();
    expect(nearest("x", [])).toBeUndefined();
    expect(nearest("mxatempt", known), "three slips").toBeUndefined();
    expect(nearest("nm", known), "two slips in four letters").toBeUndefined();
  });
});
