import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";

const parse = (...args: string[]): ReturnType<typeof parseOptions> =>
  parseOptions(args, ["ping-flood", "slow-body"], ["holdfast", "grpc-go"]);

describe("the options of the abuse table", () => {
  it("has defaults", () => {
    expect(parse()).toEqual({ kind: "abuse", only: [], subjects: [], json: false, write: false });
  });

  it("picks abuses and servers by name", () => {
    expect(parse("--only", "ping-flood,slow-body", "--subject", "grpc-go", "--json")).toMatchObject({
      only: ["ping-flood", "slow-body"],
      subjects: ["grpc-go"],
      json: true,
    });
  });

  it.each([
    [["--only", "pong-flood"], "expected one of ping-flood, slow-body"],
    [["--subject", "apache"], "expected one of holdfast, grpc-go"],
    [["--write", "--only", "ping-flood"], "the whole table"],
    [["--al"], "--al"],
  ])("%j is a mistake: %s", (args, message) => {
    const usage = parse(...args);
    expect(usage.kind).toBe("mistake");
    expect("text" in usage ? usage.text : "").toContain(message);
  });
});
