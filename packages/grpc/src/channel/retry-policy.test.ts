import { describe, expect, it } from "vitest";
import { StatusError } from "../report/status-error.ts";
import { status } from "../rpc/status.ts";
import { decideRetry, type RetryDecision, type RetrySituation } from "./retry-policy.ts";
import type { RetryPolicy } from "./service-config.ts";

const policy: RetryPolicy = {
  maxAttempts: 4,
  initialBackoffMs: 100,
  maxBackoffMs: 300,
  backoffMultiplier: 2,
  retryableStatusCodes: new Set([status.UNAVAILABLE]),
};
const lost = StatusError.of("CONNECTION_LOST", undefined, { evidence: [{ kind: "request-sent" }] });

function decide(situation: Partial<RetrySituation>): RetryDecision {
  return decideRetry({ policy, attempts: 1, backoffStep: 0, failed: lost, random: 0.5, ...situation });
}

describe("a retryPolicy", () => {
  it("waits longer each time, within the jitter, until the attempts are used", () => {
    expect(decide({ random: 0 })).toMatchObject({ kind: "retry", delayMs: 80, backoffStep: 1 });
    expect(decide({ attempts: 2, backoffStep: 1 })).toMatchObject({ kind: "retry", delayMs: 200, backoffStep: 2 });
    expect(decide({ attempts: 3, backoffStep: 2 })).toMatchObject({ kind: "retry", delayMs: 300, backoffStep: 3 });
    expect(decide({ attempts: 4, backoffStep: 3 })).toEqual({ kind: "stop", why: "all 4 attempts are used" });
  });

  it("retries the codes that it names and no others", () => {
    expect(decide({ failed: new StatusError("ABORTED", "x", { reason: "PEER_STATUS" }) })).toEqual({
      kind: "stop",
      why: "retryPolicy does not name ABORTED",
    });
  });

  it("ends when the answer has begun", () => {
    const evidence = [{ kind: "request-sent" } as const, { kind: "headers-seen" } as const];
    expect(decide({ failed: StatusError.of("CONNECTION_LOST", undefined, { evidence }) }).why).toContain("committed");
  });

  it("obeys the server: exactly so long, and from the beginning afterwards", () => {
    expect(decide({ pushback: "1234", attempts: 2, backoffStep: 1, random: 0 })).toMatchObject({
      delayMs: 1_234,
      backoffStep: 0,
    });
    expect(decide({ pushback: "0" })).toMatchObject({ kind: "retry", delayMs: 0 });
    for (const pushback of ["-1", "", "soon", "1.5", " 1", "1e3"])
      expect(decide({ pushback }).kind, pushback).toBe("stop");
    expect(decide({ pushback: "10" }).why).toBe("retryPolicy names UNAVAILABLE, and the server named the wait");
    expect(decide({ pushback: "-1" }).why).toBe('the server asked not to retry (pushback "-1")');
    // The server cannot allow what the policy does not.
    expect(decide({ pushback: "10", attempts: 4 }).kind).toBe("stop");
    expect(decide({ pushback: "10", failed: new StatusError("ABORTED", "x") }).kind).toBe("stop");
  });
});
