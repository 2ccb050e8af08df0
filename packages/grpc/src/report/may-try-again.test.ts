import { describe, expect, it } from "vitest";
import { status, type StatusCode, type StatusName } from "../rpc/status.ts";
import { mayTryAgain, type TryAgainPolicy } from "./may-try-again.ts";
import { StatusError } from "./status-error.ts";

const unprocessed: TryAgainPolicy = { kind: "unprocessed" };
const writes: TryAgainPolicy = { kind: "caller", idempotent: false };
const reads: TryAgainPolicy = { kind: "caller", idempotent: true };
const policyOf = (...codes: StatusName[]): TryAgainPolicy => ({
  kind: "retry-policy",
  codes: new Set<StatusCode>(codes.map((name) => status[name])),
});

const refusedConnection = StatusError.of("CONNECT_REFUSED", undefined, { evidence: [{ kind: "never-ready" }] });
const lost = StatusError.of("CONNECTION_LOST", undefined, { evidence: [{ kind: "request-sent" }] });
const lostInAnswer = StatusError.of("CONNECTION_LOST", undefined, {
  evidence: [{ kind: "request-sent" }, { kind: "headers-seen" }],
});

function fromServer(code: StatusName, text = "said the server"): StatusError {
  return new StatusError(code, text, {
    reason: "PEER_STATUS",
    evidence: [{ kind: "request-sent" }, { kind: "trailers-seen", code: status[code], trailersOnly: true }],
  });
}

describe("what was not processed", () => {
  it("goes again under every policy that asks the wire", () => {
    for (const policy of [unprocessed, writes, reads]) {
      expect(mayTryAgain(refusedConnection, policy)).toEqual({ again: true, why: "not processed, by the wire" });
    }
  });

  it("does not when another attempt would meet the same end", () => {
    const evidence = [{ kind: "never-sent" } as const];
    for (const reason of [
      "CANCELLED_BY_CALLER",
      "CHANNEL_CLOSED",
      "MESSAGE_TOO_LARGE",
      "BAD_SERVICE_CONFIG",
    ] as const) {
      for (const policy of [unprocessed, writes, reads, policyOf("UNAVAILABLE", "CANCELLED", "RESOURCE_EXHAUSTED")]) {
        expect(mayTryAgain(StatusError.of(reason, "x", { evidence }), policy)).toEqual({
          again: false,
          why: `${reason} is final`,
        });
      }
    }
  });

  it("does not when the call's time is up, but does when it was only an attempt's", () => {
    const late = StatusError.of("DEADLINE_EXCEEDED", undefined, { evidence: [{ kind: "never-sent" }] });
    expect(mayTryAgain(late, unprocessed).again).toBe(false);
    expect(mayTryAgain(late, policyOf("DEADLINE_EXCEEDED")).again).toBe(false);
    expect(mayTryAgain(late, writes).again).toBe(true);
  });
});

describe("what may have been processed", () => {
  it("stays failed when nobody allowed more", () => {
    expect(mayTryAgain(lost, unprocessed)).toEqual({ again: false, why: "processed: maybe" });
    expect(mayTryAgain(lost, writes)).toEqual({
      again: false,
      why: "processed: maybe, and the call is not idempotent",
    });
  });

  it("goes again for the codes of a retryPolicy, until the answer begins", () => {
    expect(mayTryAgain(lost, policyOf("UNAVAILABLE"))).toEqual({ again: true, why: "retryPolicy names UNAVAILABLE" });
    expect(mayTryAgain(lost, policyOf("ABORTED"))).toEqual({
      again: false,
      why: "retryPolicy does not name UNAVAILABLE",
    });
    expect(mayTryAgain(lostInAnswer, policyOf("UNAVAILABLE")).why).toBe("committed: the answer had begun");
    expect(mayTryAgain(fromServer("UNAVAILABLE"), policyOf("UNAVAILABLE")).again).toBe(true);
  });

  it("goes again for an idempotent caller on these codes and no others", () => {
    const names = (Object.keys(status) as StatusName[]).filter((name) => name !== "OK");
    const again = names.filter((name) => mayTryAgain(fromServer(name), reads).again);
    expect(again).toEqual(["RESOURCE_EXHAUSTED", "ABORTED", "UNAVAILABLE"]);
    expect(names.filter((name) => mayTryAgain(fromServer(name), writes).again)).toEqual([]);
    // A whole call is tried again, so an answer that had begun does not matter.
    expect(mayTryAgain(lostInAnswer, reads).again).toBe(true);
  });

  it("goes again after an attempt's own deadline, not after one of the server's", () => {
    expect(mayTryAgain(StatusError.of("DEADLINE_EXCEEDED"), reads).again).toBe(true);
    expect(mayTryAgain(fromServer("DEADLINE_EXCEEDED"), reads).why).toContain("the server's");
    expect(mayTryAgain(fromServer("DEADLINE_EXCEEDED"), { ...reads, attemptTimedOut: true }).again).toBe(true);
    expect(mayTryAgain(StatusError.of("DEADLINE_EXCEEDED"), { ...writes, attemptTimedOut: true }).again).toBe(false);
  });

  it("does not go again into ping policing or a size limit", () => {
    expect(mayTryAgain(fromServer("RESOURCE_EXHAUSTED", "quota"), reads).again).toBe(true);
    const goaways = [{ code: 11, lastStreamId: 1, debugData: "too_many_pings", atMs: 0 }];
    const policed = {
      ...fromServer("RESOURCE_EXHAUSTED"),
      code: status.RESOURCE_EXHAUSTED,
      text: "",
      report: { goaways },
    };
    expect(mayTryAgain(policed, reads).why).toContain("too_many_pings");
    for (const text of [
      "grpc: received message larger than max (5242880 vs. 4194304)",
      "Received message larger than max (5 vs 4)",
      "gRPC message exceeds maximum size 4194304: 5242880",
      "message of 9 bytes is over the limit of 4",
    ]) {
      expect(mayTryAgain(fromServer("RESOURCE_EXHAUSTED", text), reads).why, text).toContain("a size limit");
    }
  });
});
