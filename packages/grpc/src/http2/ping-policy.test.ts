import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanSlate, countPing, defaultPingPolicy, isTooMany, type PingPolicy, type PingSlate } from "./ping-policy.ts";

/** At which of the PINGs, the first being 1, a peer has sent too many; 0 for never. */
function fatalPing(timesMs: readonly number[], openStreams = 1, policy: PingPolicy = defaultPingPolicy): number {
  let slate: PingSlate = cleanSlate;
  for (const [index, atMs] of timesMs.entries()) {
    slate = countPing(slate, atMs, openStreams, policy);
    if (isTooMany(slate, policy)) return index + 1;
  }
  return 0;
}

const every = (ms: number, count = 20): number[] => Array.from({ length: count }, (_, index) => (index + 1) * ms);

describe("the ping policy", () => {
  it("allows one PING every 5 minutes while calls are open, and strikes twice before it ends the connection", () => {
    expect(fatalPing(every(300_000))).toBe(0);
    expect(fatalPing(every(299_999, 3))).toBe(0);
    expect(fatalPing(every(30_000))).toBe(4);
  });

  it("allows one every two hours without calls, unless the policy permits them", () => {
    expect(fatalPing(every(7_200_000), 0)).toBe(0);
    expect(fatalPing(every(300_000), 0)).toBe(4);
    expect(fatalPing(every(300_000), 0, { ...defaultPingPolicy, permitWithoutCalls: true })).toBe(0);
  });

  it("counts from the last PING that was permitted, as gRFC A8 does: a struck one does not begin a new wait", () => {
    const first = countPing(cleanSlate, 0, 1, defaultPingPolicy);
    const struck = countPing(first, 200_000, 1, defaultPingPolicy);
    expect(struck).toEqual({ strikes: 1, permittedAtMs: 0 });
    expect(countPing(struck, 300_000, 1, defaultPingPolicy)).toEqual({ strikes: 1, permittedAtMs: 300_000 });
  });

  it("takes the number of strikes literally: none, or any", () => {
    expect(fatalPing([0, 1], 1, { ...defaultPingPolicy, strikes: 0 })).toBe(2);
    expect(fatalPing(every(1, 1_000), 1, { ...defaultPingPolicy, strikes: Infinity })).toBe(0);
  });

  it("never strikes a peer that keeps the distance, however it varies beyond it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 })), (extras) => {
        let atMs = 0;
        const times = extras.map((extraMs) => (atMs += 300_000 + extraMs));
        expect(fatalPing(times)).toBe(0);
      }),
    );
  });
});
