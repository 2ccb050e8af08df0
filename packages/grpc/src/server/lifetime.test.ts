import { expect, it } from "vitest";
import { FakeHost } from "../../test/http2/fake-host.ts";
import { Roster } from "../http2/roster.ts";
import type { OpenCall } from "./call-scope.ts";
import { Lifetime } from "./lifetime.ts";

function limited(policy: { maxIdleMs?: number; maxAgeMs?: number; graceMs?: number }) {
  const host = new FakeHost();
  const deeds: string[] = [];
  const calls = new Roster<OpenCall>();
  const connection = {
    calls,
    drain: (why: string) => void deeds.push(`drain ${why}`),
    close: (reason: string) => void deeds.push(`close ${reason}`),
  };
  const never = { maxIdleMs: Infinity, maxAgeMs: Infinity, graceMs: Infinity };
  const lifetime = new Lifetime(host, connection, { ...never, ...policy });
  return { host, deeds, calls, lifetime };
}

it("drains an old connection, cuts what is open when its grace is over, and closes a second later", () => {
  const { host, deeds, calls, lifetime } = limited({ maxAgeMs: 1_000, graceMs: 50 });
  calls.add({ rosterPlace: -1, cut: ({ reason }) => deeds.push(`cut ${reason}`) > 0 });
  host.at(999);
  expect(deeds).toEqual([]);
  host.at(1_000);
  lifetime.lastIdSaid();
  host.at(1_049);
  expect(deeds).toEqual(["drain max_age"]);
  host.at(1_050);
  host.at(2_050);
  expect(deeds).toEqual(["drain max_age", "cut DRAIN_CUT", "close drain-cut"]);
  expect(host.timers).toBe(0);
});

it("leaves no timer behind when the connection is gone first", () => {
  const { host, deeds, lifetime } = limited({ maxAgeMs: 1_000, maxIdleMs: 500 });
  lifetime.end();
  expect(host.timers).toBe(0);
  lifetime.lastIdSaid();
  host.at(5_000);
  expect([deeds, host.timers]).toEqual([[], 0]);
});

it("has one timer, however many calls come and go", () => {
  const { host, deeds, lifetime } = limited({ maxIdleMs: 500 });
  for (let nowMs = 0; nowMs <= 10_000; nowMs += 100) {
    host.at(nowMs);
    lifetime.touched();
    expect(host.timers).toBe(1);
  }
  host.at(10_499);
  expect(deeds).toEqual([]);
  host.at(10_500);
  expect(deeds).toEqual(["drain max_idle"]);
});
