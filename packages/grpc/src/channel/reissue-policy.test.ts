import { describe, expect, it } from "vitest";
import { status } from "../rpc/status.ts";
import { failure } from "./failure.ts";
import { decideAgain, defaultReissue, type Tries } from "./reissue-policy.ts";
import type { RetryPolicy } from "./service-config.ts";

const tries: Tries = { reissues: 0, retries: 0, backoffStep: 0, pushback: undefined };
const policy: RetryPolicy = {
  maxAttempts: 3,
  initialBackoffMs: 100,
  maxBackoffMs: 1_000,
  backoffMultiplier: 2,
  retryableStatusCodes: new Set([status.UNAVAILABLE]),
};
const goaway = failure("GOAWAY_UNPROCESSED", status.UNAVAILABLE, "", [
  { kind: "request-sent" },
  { kind: "goaway-above-last-id", streamId: 3, lastStreamId: 1 },
]);
const neverSent = failure("CONNECTION_LOST", status.UNAVAILABLE, "", [{ kind: "never-sent" }]);
const lost = failure("CONNECTION_LOST", status.UNAVAILABLE, "", [{ kind: "request-sent" }]);
const middle = 0.5;

describe("what was not processed", () => {
  it("goes again at once, then with a growing wait, then no more", () => {
    const delays = [0, 1, 2, 3, 4, 5].map((reissues) => {
      const again = decideAgain(goaway, { ...tries, reissues }, defaultReissue, undefined, middle);
      return again.kind === "reissue" ? again.delayMs : again.kind;
    });
    expect(delays).toEqual([0, 100, 200, 400, 800, "stop"]);
  });

  it("goes again without count when it never left", () => {
    expect(decideAgain(neverSent, { ...tries, reissues: 5 }, defaultReissue, undefined, middle)).toEqual({
      kind: "reissue",
      delayMs: 0,
      counts: false,
    });
  });

  it("goes again without count when it never left, be a GOAWAY or a refusal told of it as well", () => {
    const told = failure("GOAWAY_UNPROCESSED", status.UNAVAILABLE, "", [
      { kind: "never-sent" },
      { kind: "goaway-above-last-id", streamId: 3, lastStreamId: 1 },
    ]);
    const again = decideAgain(told, { ...tries, reissues: 5 }, defaultReissue, undefined, middle);
    expect(again).toEqual({ kind: "reissue", delayMs: 0, counts: false });
  });

  it("does not touch the policy's attempts; when reissues are spent, the policy has its turn", () => {
    expect(decideAgain(goaway, tries, defaultReissue, policy, middle).kind).toBe("reissue");
    expect(decideAgain(goaway, { ...tries, reissues: 5 }, defaultReissue, policy, middle).kind).toBe("retry");
  });

  it("stays where it is when reissue is turned off", () => {
    expect(decideAgain(goaway, tries, { maxReissues: 0 }, undefined, middle).kind).toBe("stop");
  });
});

describe("what may have been processed", () => {
  it("needs a policy, and stops at its attempts", () => {
    expect(decideAgain(lost, tries, defaultReissue, undefined, middle).kind).toBe("stop");
    expect(decideAgain(lost, tries, defaultReissue, policy, middle)).toMatchObject({ kind: "retry", delayMs: 100 });
    expect(decideAgain(lost, { ...tries, retries: 2, backoffStep: 2 }, defaultReissue, policy, middle).kind).toBe(
      "stop",
    );
  });

  it("waits as the server's pushback says, and stops when it says so", () => {
    expect(decideAgain(lost, { ...tries, pushback: "250" }, defaultReissue, policy, middle)).toMatchObject({
      kind: "retry",
      delayMs: 250,
    });
    expect(decideAgain(lost, { ...tries, pushback: "-1" }, defaultReissue, policy, middle).kind).toBe("stop");
  });
});

describe("a call for which nothing could be connected", () => {
  const unreachable = failure("CONNECT_REFUSED", status.UNAVAILABLE, "", [{ kind: "never-ready" }]);

  it("is tried again only by a policy, with its back-off", () => {
    expect(decideAgain(unreachable, tries, defaultReissue, undefined, middle).kind).toBe("stop");
    expect(decideAgain(unreachable, tries, defaultReissue, policy, middle)).toMatchObject({
      kind: "retry",
      delayMs: 100,
    });
  });

  it("is not reissued, whatever else proves that it was not processed", () => {
    const both = failure("CONNECT_REFUSED", status.UNAVAILABLE, "", [{ kind: "never-ready" }, { kind: "never-sent" }]);
    expect(decideAgain(both, tries, defaultReissue, undefined, middle).kind).toBe("stop");
  });
});
