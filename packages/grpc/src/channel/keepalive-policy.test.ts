import { describe, expect, it } from "vitest";
import { defaultLiveness } from "../http2/liveness-state.ts";
import { calmer, isTooManyPings, type KeepaliveOptions, readKeepalive, tooManyPingsLine } from "./keepalive-policy.ts";

const livenessOf = (options?: KeepaliveOptions) => readKeepalive(options).liveness;

describe("keepalive", () => {
  it("is 5 min 15 s, 20 s and nothing without calls, where nothing is said", () => {
    expect(livenessOf()).toEqual({ quietMs: 315_000, restMs: Infinity, answerMs: 20_000, lateMs: 100 });
    expect(livenessOf({ timeoutMs: 5_000 })).toMatchObject({ quietMs: 315_000, answerMs: 5_000 });
  });

  it("is what is said; without calls the same, if that is wanted", () => {
    expect(livenessOf({ timeMs: 30_000, timeoutMs: 10_000 })).toMatchObject({ quietMs: 30_000, answerMs: 10_000 });
    expect(livenessOf({ timeMs: 30_000, permitWithoutCalls: true }).restMs).toBe(30_000);
    expect(livenessOf({ timeMs: Infinity }).quietMs).toBe(Infinity);
  });

  it("is never below 10 s, and says so", () => {
    const { liveness, warning } = readKeepalive({ timeMs: 0, permitWithoutCalls: true });
    expect(liveness).toMatchObject({ quietMs: 10_000, restMs: 10_000 });
    expect(warning).toBe("keepalive.timeMs 0 is below the least that gRPC allows (gRFC A8): 10000 is used");
    expect(readKeepalive({ timeMs: 10_000 }).warning).toBeUndefined();
  });

  it.each([
    ...["time", "pingIntervalMs"].map((name) => [name, "timeMs"]),
    ...["timeout", "pingTimeoutMs"].map((name) => [name, "timeoutMs"]),
    ...["permitWithoutStream", "withoutCalls", "keepAliveWithoutCalls", "pingIdleConnection"].map((name) => [
      name,
      "permitWithoutCalls",
    ]),
  ])("knows what other libraries call %s", (name, meant) => {
    const hint = `keepalive option "${name}" is unknown; did you mean ${meant}?`;
    expect(() => readKeepalive({ [`${name}`]: 1 })).toThrow(new TypeError(hint));
  });

  it.each([
    [30_000, "keepalive options: expected an object, got 30000"],
    [{ answerMs: 1 }, 'keepalive option "answerMs" is unknown; expected one of timeMs, timeoutMs, permitWithoutCalls'],
    [{ timeMs: "30s" }, 'keepalive option timeMs: "30s", expected a number of 0 or more'],
    [{ timeoutMs: 0 }, "keepalive option timeoutMs: 0, expected a number of 1 or more"],
    [{ permitWithoutCalls: 1 }, "keepalive option permitWithoutCalls: 1, expected true or false"],
  ])("refuses %j", (options, message) => {
    expect(() => readKeepalive(options as KeepaliveOptions)).toThrow(new TypeError(message));
  });
});

describe("too_many_pings", () => {
  it("is the code and the words together", () => {
    expect(isTooManyPings({ code: 11, debugData: "too_many_pings" })).toBe(true);
    expect(isTooManyPings({ code: 0, debugData: "too_many_pings" })).toBe(false);
    expect(isTooManyPings({ code: 11, debugData: "limit-ping: more than 1000 at once" })).toBe(false);
  });

  it("doubles the interval of the connection that was ended, once for all that had it", () => {
    const first = livenessOf({ timeMs: 30_000, permitWithoutCalls: true });
    const second = calmer(first, first);
    expect(second).toEqual({ ...first, quietMs: 60_000, restMs: 60_000 });
    expect(calmer(second, first)).toEqual(second);
    expect(calmer(second, second).quietMs).toBe(120_000);
    expect(calmer(defaultLiveness, defaultLiveness).restMs).toBe(Infinity);
  });

  it("is told with what is known of both sides", () => {
    const liveness = livenessOf({ timeMs: 30_000 });
    const line = tooManyPingsLine("10.0.3.4:443", liveness, calmer(liveness, liveness), 4);
    for (const part of [
      "10.0.3.4:443",
      "keepalive.timeMs 30000",
      "permitWithoutCalls false",
      "4 PINGs",
      "timeMs 60000.",
    ]) {
      expect(line).toContain(part);
    }
    expect(line).not.toContain("\n");
    const without = livenessOf({ timeMs: 30_000, permitWithoutCalls: true });
    expect(tooManyPingsLine("a", without, calmer(without, without), 4)).toContain("permitWithoutCalls true");
  });

  it("is told with the other side's likely settings, under the names they have in each server", () => {
    const line = tooManyPingsLine("a", defaultLiveness, defaultLiveness, 1);
    for (const part of [
      ...["one in 300000 ms, without calls one in 7200000 ms", "pingPolicy", "KeepaliveEnforcementPolicy"],
      ...["permitKeepAliveTime", "grpc.http2.min_ping_interval_without_data_ms"],
    ]) {
      expect(line).toContain(part);
    }
  });
});
