import { entries } from "@holdfast/catalog";
import { describe, expect, it } from "vitest";
import { nearestNames } from "./nearest-names.ts";

const ids = entries().map(({ id }) => id);

describe("the nearest names", () => {
  it.each([
    ["tcp/fin-in-flight", "tcp/fin-inflight"],
    ["TCP/FIN-INFLIGHT", "tcp/fin-inflight"],
    ["fin-inflight", "tcp/fin-inflight"],
    ["keepalive/ping-timout", "keepalive/ping-timeout-dead-peer"],
    ["grpc/goaway_unprocessed_stream", "grpc/goaway-unprocessed-stream"],
  ])("of %s begin with %s", (asked, nearest) => {
    expect(nearestNames(asked, ids)[0]).toBe(nearest);
  });

  it("are as many as asked for, whatever is asked", () => {
    expect(nearestNames("", ids)).toHaveLength(3);
    expect(nearestNames("\u0000", ids, 5)).toHaveLength(5);
    expect(nearestNames("x", ["one"], 5)).toEqual(["one"]);
    expect(nearestNames("x", [])).toEqual([]);
  });
});
