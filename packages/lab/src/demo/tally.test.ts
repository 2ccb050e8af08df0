import { describe, expect, it } from "vitest";
import { Tally } from "./tally.ts";

const failure = { id: "h-r-000001", atMs: 10, code: "UNAVAILABLE", text: "gone" };
const nothing = { sent: 0, ok: 0, failed: 0, executedTwice: 0, neverSettled: 0 };

describe("the tally", () => {
  it("counts each call under its client and method", () => {
    const tally = new Tally();
    for (const id of ["h-r-000001", "h-r-000002", "h-w-000003", "g-r-000001"]) tally.sent(id);
    tally.ok("h-r-000002");
    tally.failed(failure);
    tally.neverSettled("h-w-000003");
    expect(tally.counts("holdfast", "Read")).toEqual({ ...nothing, sent: 2, ok: 1, failed: 1 });
    expect(tally.counts("holdfast", "Write")).toEqual({ ...nothing, sent: 1, neverSettled: 1 });
    expect(tally.counts("grpc-js", "Read")).toEqual({ ...nothing, sent: 1 });
    expect(tally.counts("grpc-js", "Write")).toEqual(nothing);
  });

  it("counts a call as executed twice once, however often it ran", () => {
    const tally = new Tally();
    tally.sent("h-w-000001");
    tally.executed("h-w-000001", "backend-1.1");
    expect(tally.counts("holdfast", "Write").executedTwice).toBe(0);
    tally.executed("h-w-000001", "backend-2.1");
    tally.executed("h-w-000001", "backend-3.1");
    expect(tally.counts("holdfast", "Write").executedTwice).toBe(1);
    expect([...tally.calls()][0]?.executedBy).toEqual(["backend-1.1", "backend-2.1", "backend-3.1"]);
  });

  it("takes a journal's word before the client's: the two come over different ways", () => {
    const tally = new Tally();
    tally.executed("h-w-000001", "backend-1.1");
    expect(tally.counts("holdfast", "Write").sent).toBe(0);
    tally.sent("h-w-000001");
    tally.ok("h-w-000001");
    expect(tally.counts("holdfast", "Write")).toEqual({ ...nothing, sent: 1, ok: 1 });
    expect([...tally.calls()][0]).toMatchObject({ state: "ok", executedBy: ["backend-1.1"] });
  });

  it("keeps to the first word on a call: what was given up as unsettled does not become OK later", () => {
    const tally = new Tally();
    tally.sent("h-r-000001");
    tally.neverSettled("h-r-000001");
    tally.ok("h-r-000001");
    tally.failed(failure);
    expect(tally.counts("holdfast", "Read")).toEqual({ ...nothing, sent: 1, neverSettled: 1 });
    expect(tally.failures).toEqual([]);
  });

  it("leaves alone what is no id of the demo", () => {
    const tally = new Tally();
    tally.executed("half a li", "backend-1.1");
    tally.sent("?");
    expect([...tally.calls()]).toEqual([]);
  });
});
