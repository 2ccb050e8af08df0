/** Each rule is broken once, on paper: a ledger that cannot find anything would call every world clean. */
import { describe, expect, it } from "vitest";
import type { Evidence } from "../report/evidence.ts";
import { StatusError } from "../report/status-error.ts";
import type { Reason } from "../report/reasons.ts";
import { status, type StatusName } from "../rpc/status.ts";
import { type CallRecord, type ExpectedCall, Invariants, type Situation } from "./invariants.ts";

class Paper implements Situation {
  atMs = 0;
  rough = false;
  hadOutage = false;
  shortOfMemory = false;
  blocked = 0;
  readonly book = new Invariants(this);

  nowMs(): number {
    return this.atMs;
  }

  blockedMs(): number {
    return this.blocked;
  }

  call(expected: Partial<ExpectedCall> = {}): CallRecord {
    return this.book.begun({
      id: 1,
      client: "client-1",
      mayRun: 1,
      status: status.OK,
      deadlineMs: Infinity,
      timeoutMs: Infinity,
      responses: 0,
      readMs: 0,
      ...expected,
    });
  }

  fail(call: CallRecord, code: StatusName, reason: Reason, evidence: readonly Evidence[], refusals = 1): void {
    const record = {
      number: 1,
      startedAtMs: 0,
      endedAtMs: 0,
      code: status[code],
      reason,
      processed: "no" as const,
      evidence,
      text: "",
    };
    const attempts = Array.from({ length: refusals }, () => record);
    const error = new StatusError(code, "on paper", { reason, evidence, attempts });
    this.book.settled(call, { kind: "failed", error });
  }

  get rules(): string[] {
    return this.book.findings.map(({ rule }) => rule);
  }
}

const refused: Evidence[] = [{ kind: "request-sent" }, { kind: "goaway-above-last-id", streamId: 3, lastStreamId: 1 }];

describe("a call", () => {
  it("that ends OK after its handler ran is fine", () => {
    const paper = new Paper();
    const call = paper.call();
    paper.book.over(paper.book.entered(1, "server-1", Infinity), 1);
    paper.book.settled(call, { kind: "ok" });
    paper.book.sweep();
    expect([paper.rules, paper.book.openCalls, paper.book.openHandlers]).toEqual([[], 0, 0]);
  });

  it("must settle, and only once", () => {
    const paper = new Paper();
    paper.call({ id: 1 });
    const twice = paper.call({ id: 2 });
    paper.book.settled(twice, { kind: "left" });
    paper.book.settled(twice, { kind: "left" });
    paper.book.sweep();
    expect(paper.book.findings.map(({ rule, callId }) => [rule, callId])).toEqual([
      ["never-settled", 2],
      ["never-settled", 1],
    ]);
  });

  it("must not run more often than it may", () => {
    const paper = new Paper();
    paper.call({ mayRun: 2 });
    for (let run = 0; run < 2; run++) paper.book.entered(1, "server-1", Infinity);
    expect(paper.rules).toEqual([]);
    paper.book.entered(1, "server-2", Infinity);
    expect(paper.rules).toEqual(["executed-twice"]);
  });

  it("must not be told a lie about whether it ran", () => {
    const ran = new Paper();
    ran.rough = true;
    const call = ran.call();
    ran.book.killed(ran.book.entered(1, "server-1", Infinity));
    ran.fail(call, "UNAVAILABLE", "GOAWAY_UNPROCESSED", refused, 6);
    ran.book.sweep();
    expect(ran.rules).toEqual(["evidence-lied"]);
    const idle = new Paper();
    idle.book.settled(idle.call(), { kind: "ok" });
    idle.book.sweep();
    expect(idle.rules).toEqual(["evidence-lied"]);
  });

  it("that was not processed must go again, until it was refused six times or its time is up", () => {
    const verdict = (refusals: number, deadlineMs: number): string[] => {
      const paper = new Paper();
      paper.rough = true;
      paper.fail(paper.call({ deadlineMs }), "UNAVAILABLE", "GOAWAY_UNPROCESSED", refused, refusals);
      return paper.rules;
    };
    expect(verdict(1, Infinity)).toEqual(["unprocessed-failed"]);
    expect(verdict(5, 10_000)).toEqual(["unprocessed-failed"]);
    expect(verdict(6, Infinity)).toEqual([]);
    expect(verdict(1, 2_000)).toEqual([]);
  });

  it("may fail for want of a connection only where there was an outage", () => {
    const paper = new Paper();
    paper.fail(paper.call(), "UNAVAILABLE", "CONNECT_REFUSED", [{ kind: "never-ready" }]);
    expect(paper.rules).toEqual(["failed-without-cause", "unprocessed-failed"]);
    paper.hadOutage = true;
    paper.fail(paper.call({ id: 2 }), "UNAVAILABLE", "CONNECT_REFUSED", [{ kind: "never-ready" }]);
    expect(paper.rules).toHaveLength(2);
  });

  it("may be refused to the end only where a server is short of memory", () => {
    const verdict = (refusals: number, shortOfMemory: boolean): string[] => {
      const paper = new Paper();
      paper.shortOfMemory = shortOfMemory;
      paper.fail(paper.call(), "UNAVAILABLE", "REFUSED_STREAM", [{ kind: "refused-stream", trusted: true }], refusals);
      return paper.rules;
    };
    expect(verdict(6, false)).toEqual(["failed-without-cause"]);
    expect(verdict(6, true)).toEqual([]);
    expect(verdict(5, true)).toEqual(["failed-without-cause", "unprocessed-failed"]);
  });

  it.each([
    ["INTERNAL", "BAD_RESPONSE", true],
    ["UNAVAILABLE", "CONNECTION_LOST", false],
    ["CANCELLED", "STREAM_RESET", true],
    ["DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", true],
  ] as const)("may not fail with %s [%s] when nothing explains it", (code, reason, rough) => {
    const paper = new Paper();
    paper.rough = rough;
    paper.fail(paper.call(), code, reason, [{ kind: "request-sent" }]);
    expect(paper.rules).toEqual(["failed-without-cause"]);
  });

  it("must keep its deadline and heed its cancellation, but for a blocked event loop", () => {
    const paper = new Paper();
    const late = paper.call({ id: 1, deadlineMs: 100, timeoutMs: 100 });
    const cancelled = paper.call({ id: 2 });
    const blocked = paper.call({ id: 3, deadlineMs: 100, timeoutMs: 100 });
    cancelled.cancelledAtMs = 100;
    paper.atMs = 200;
    paper.fail(late, "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", [{ kind: "request-sent" }]);
    paper.fail(cancelled, "CANCELLED", "CANCELLED_BY_CALLER", [{ kind: "request-sent" }]);
    expect(paper.rules).toEqual(["deadline-missed", "cancel-missed"]);
    paper.blocked = 100;
    paper.fail(blocked, "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", [{ kind: "request-sent" }]);
    expect(paper.rules).toHaveLength(2);
  });

  it("must not end OK with another status or with messages missing", () => {
    const paper = new Paper();
    paper.book.settled(paper.call({ id: 1, status: status.NOT_FOUND }), { kind: "ok" });
    paper.book.settled(paper.call({ id: 2, responses: 3 }), { kind: "ok" });
    expect(paper.rules).toEqual(["wrong-success", "wrong-success"]);
  });
});

describe("a handler", () => {
  it("must be told when its call is over", () => {
    const paper = new Paper();
    paper.book.settled(paper.call(), { kind: "left" });
    paper.book.entered(1, "server-1", Infinity);
    paper.book.sweep();
    expect(paper.rules).toEqual(["handler-forgotten"]);
  });

  it("must be told at its deadline", () => {
    const paper = new Paper();
    paper.call();
    const entry = paper.book.entered(1, "server-1", 50);
    paper.atMs = 60;
    paper.book.over(entry, 1);
    expect(paper.rules).toEqual(["deadline-missed"]);
  });

  it("must not be entered for a call that nobody made", () => {
    const paper = new Paper();
    paper.book.entered(9, "server-1", Infinity);
    expect(paper.rules).toEqual(["metadata-mixed"]);
  });
});

describe("a server", () => {
  it("that leaves names its last stream when it has heard what it waits for, unless the network holds it up", () => {
    const paper = new Paper();
    paper.atMs = 20_000; // a drain that waited for its deadline
    paper.blocked = 19_500;
    paper.book.leftAt("server-1#1", "server-1", 0);
    paper.blocked = 0;
    paper.rough = true;
    paper.book.leftAt("server-1#1", "server-1", 0);
    expect(paper.rules).toEqual([]);
    paper.rough = false;
    paper.book.leftAt("server-1#1", "server-1", 0);
    expect(paper.rules).toEqual(["leave-delayed"]);
  });

  it("takes the deadline of a call for what it is, and the way there for no more than it takes", () => {
    const paper = new Paper();
    paper.call({ id: 1, deadlineMs: 5_000, timeoutMs: 5_000 }); // ms
    paper.call({ id: 2 });
    paper.book.toldDeadline(1, "server-1", 7_000);
    paper.book.toldDeadline(2, "server-1", Infinity);
    expect(paper.rules).toEqual([]);
    paper.book.toldDeadline(1, "server-1", 7_001);
    paper.book.toldDeadline(2, "server-1", 60_000); // nobody gave it one
    expect(paper.rules).toEqual(["deadline-missed", "deadline-missed"]);
  });
});

describe("a refused call", () => {
  it("goes again five times, and as often as its policy allows", () => {
    const paper = new Paper();
    paper.fail(paper.call({ id: 1 }), "UNAVAILABLE", "GOAWAY_UNPROCESSED", refused, 6);
    paper.fail(paper.call({ id: 2, mayRun: 4 }), "UNAVAILABLE", "GOAWAY_UNPROCESSED", refused, 9);
    expect(paper.rules).not.toContain("reissued-too-often");
    paper.fail(paper.call({ id: 3 }), "UNAVAILABLE", "GOAWAY_UNPROCESSED", refused, 7);
    expect(paper.rules.filter((rule) => rule === "reissued-too-often")).toHaveLength(1);
  });

  it("whose time is up says what happened at once", () => {
    const paper = new Paper();
    paper.atMs = 4_000; // ms, of 5,000
    paper.fail(paper.call({ deadlineMs: 5_000, timeoutMs: 5_000 }), "UNAVAILABLE", "GOAWAY_UNPROCESSED", refused);
    expect(paper.rules).toEqual([]);
  });
});
