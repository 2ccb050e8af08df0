/** Mistakes on the command line of `npm run prove` are named. */
import { describe, expect, it } from "vitest";
import { parseProveOptions } from "./options.ts";

const parse = (...args: string[]) => parseProveOptions(args, ["grpc-js", "holdfast"]);

describe("npm run prove", () => {
  it("takes ids, or what changed and a tenth by commits or by number", () => {
    expect(parse("tcp/fin-inflight")).toMatchObject({ ids: ["tcp/fin-inflight"], changed: false, seed: 1 });
    expect(parse("--changed", "--tenth")).toMatchObject({ changed: true, tenth: "commits" });
    expect(parse("--tenth", "4", "--ci")).toMatchObject({ tenth: 4, isCi: true });
    expect(parse("--tenth", "--write")).toMatchObject({ tenth: "commits", write: true });
  });

  it.each([
    [["--clients", "grpc-jss"], /there is no client "grpc-jss"; there are grpc-js, holdfast/],
    [["--trials", "0"], /--trials: expected a whole number from 1, got "0"/],
    [["--seed", "x"], /--seed: expected/],
    [["--wat"], /--wat/],
  ])("refuses %s", (args, message) => {
    expect(() => parse(...args)).toThrow(message);
  });
});
