/** What a machine does not have is named. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { missingNeeds } from "./missing-needs.ts";

describe("missingNeeds", () => {
  it("names what is in no folder of the path", () => {
    const search = ["/nowhere", path.dirname(process.execPath)].join(path.delimiter);
    expect(missingNeeds([path.basename(process.execPath), "no-such-proxy"], search)).toEqual(["no-such-proxy"]);
    expect(missingNeeds([], "")).toEqual([]);
  });

  it("asks the drivers for a library", () => {
    expect(missingNeeds(["grpc-js"], "")).toEqual([]);
  });
});
