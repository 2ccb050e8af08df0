/**
 * What a server needs breaks in every way that it can: it is gone, it blinks, its check hangs, throws, or comes back when
 * nobody waits any more. Services that need it turn, others do not, and no check ever runs twice at once.
 */
import { afterEach, expect, it } from "vitest";
import { createChannel } from "../../src/channel/channel.ts";
import { type Check, check, type MonitorOptions } from "../../src/health/index.ts";
import { leaveNothingOpen } from "../channel/channel-world.ts";
import { answerLater, HealthWorld } from "../health/health-world.ts";

afterEach(leaveNothingOpen);

const shop = "shop.v1.Shop";
const search = "search.v1.Search";

/** A monitor with two dependencies, of which one does what the test says. */
async function story(cache: Check, options: MonitorOptions = {}) {
  const world = new HealthWorld();
  const { health, host } = await world.well("shop");
  const services = { [shop]: ["database", "cache"], [search]: ["database"] };
  const checks = { database: () => Promise.resolve(), cache };
  const monitor = health.monitor(checks, { services, ...options });
  const statuses = (): string => [...health.statuses].map(([name, status]) => `${name}:${status}`).join(" ");
  return { world, health, host, monitor, statuses };
}

const allServe = `:SERVING ${shop}:SERVING ${search}:SERVING`;
const shopIsOut = `:SERVING ${shop}:NOT_SERVING ${search}:SERVING`;

it("an outage turns the services that need it, not the rest, and says why", async () => {
  let out = false;
  const { world, health, host, statuses } = await story(() => {
    if (out) throw new Error("connect ECONNREFUSED redis://app:secret@cache:6379");
  });
  expect(statuses()).toBe(`:SERVING ${shop}:NOT_SERVING ${search}:NOT_SERVING`);
  expect(health.readiness).toEqual({
    ...{ ready: true, draining: false, notServing: [shop, search], down: [], unchecked: ["database", "cache"] },
  });
  const channel = world.channel("shop");
  const watchShop = world.follow(channel, shop);
  const watchSearch = world.follow(channel, search);
  await world.pass(1_000);
  expect(statuses()).toBe(allServe);
  out = true;
  await world.pass(25_000);
  expect(statuses()).toBe(shopIsOut);
  out = false;
  await world.pass(30_000);
  expect(statuses()).toBe(allServe);
  expect(watchShop.heard.slice(-3)).toEqual(["SERVING", "NOT_SERVING", "SERVING"]);
  expect(watchSearch.heard.at(-1)).toBe("SERVING");
  expect(watchSearch.heard.length).toBeLessThan(3);
  expect(host.logged).toEqual([
    `holdfast: health: database is up; SERVING: ${search}`,
    `holdfast: health: cache is up; SERVING: ${shop}`,
    `holdfast: health: cache is down: connect ECONNREFUSED redis://[masked]@cache:6379; NOT_SERVING: ${shop}`,
    expect.stringMatching(/^holdfast: health: cache is up again after [12]\d\.\d s; SERVING: shop\.v1\.Shop$/),
  ]);
  for (const watch of [watchShop, watchSearch]) await world.settled(watch.updates.return());
});

it("a dependency that blinks turns nothing", async () => {
  let asked = 0;
  const { world, host } = await story(() => ++asked % 2 === 1);
  await world.pass(600_000);
  expect([asked > 50, host.logged]).toEqual([true, [expect.any(String), expect.any(String)]]);
});

it("is asked every interval, a tenth more or less, so that replicas do not ask in step", async () => {
  const askedMs: number[] = [];
  const { world } = await story(() => askedMs.push(world.nowMs), { intervalMs: 1_000 });
  await world.pass(100_000);
  const gaps = askedMs.slice(1).map((ms, at) => ms - (askedMs[at] ?? 0));
  expect(gaps.every((gap) => gap > 899 && gap < 1_102)).toBe(true);
  expect([gaps.some((gap) => gap < 950), gaps.some((gap) => gap > 1_050)]).toEqual([true, true]);
});

it("a check that hangs is given up, told so, and not started again until it is back", async () => {
  let running = 0;
  let most = 0;
  const aborted: string[] = [];
  const hanging: ReturnType<typeof answerLater<void>>[] = [];
  const { world, host, monitor, statuses } = await story(
    async (signal) => {
      most = Math.max(most, ++running);
      signal.addEventListener("abort", () => aborted.push((signal.reason as Error).name));
      const answer = answerLater<void>(host);
      hanging.push(answer);
      await answer.promise;
      running--;
    },
    { timeoutMs: 2_000 },
  );
  await world.pass(2_500);
  expect([statuses(), aborted, monitor.dependencies[1]]).toEqual([
    shopIsOut,
    ["TimeoutError"],
    { name: "cache", state: "down", reason: "no answer within 2000 ms" },
  ]);
  await world.pass(60_000);
  expect([hanging.length, monitor.dependencies[1]?.reason]).toEqual([1, "an earlier check has still not come back"]);
  // It comes back, too late to count. The next ones answer.
  hanging[0]?.answer();
  await world.until(() => hanging.length === 2);
  hanging[1]?.answer();
  await world.until(() => hanging.length === 3);
  hanging[2]?.answer();
  await world.pass(100);
  expect([statuses(), most, aborted]).toEqual([allServe, 1, ["TimeoutError"]]);
  monitor.stop();
  await world.pass(30_000);
  expect(hanging).toHaveLength(3);
});

it("a process that was blocked looks at what has come before it condemns", async () => {
  const world = new HealthWorld();
  const { health, host } = await world.well("shop");
  await world.well("remote");
  world.world.link("shop", "remote").delay({ ms: 50 });
  const channel = createChannel(host, "dns:///remote:50051");
  channel.connect();
  await world.pass(1_000);
  let asked = 0;
  const options = { intervalMs: 2_000, timeoutMs: 500, thresholds: { failure: 1 } };
  const monitor = health.monitor({ remote: () => (asked++, check(channel)) }, options);
  for (let round = 1; round <= 5; round++) {
    await world.until(() => asked === round);
    // The answer comes to the kernel in 100 ms; the timer, long overdue, fires before anybody looks there.
    host.stall(800);
    await world.pass(1_000);
  }
  expect([health.statuses.get(""), host.logged.length]).toEqual(["SERVING", 1]);
  monitor.stop();
  await world.settled(channel.close());
});

it.each<[string, Check, string]>([
  [
    "throws at once",
    () => {
      throw new TypeError("no such table");
    },
    "no such table",
  ],
  ["rejects", () => Promise.reject(new Error("the file is locked\nby someone")), "the file is locked"],
  ["says false", () => false, "the check says false"],
  ["throws nonsense", () => Promise.reject({} as Error), "an object that is no error"],
])("a check that %s is a failed one", async (_, cache, reason) => {
  const { world, monitor, statuses } = await story(cache);
  await world.pass(1_000);
  expect([statuses(), monitor.dependencies[1]]).toEqual([shopIsOut, { name: "cache", state: "down", reason }]);
});

it("without `services` every dependency is critical; a critical one turns everything, services of later, too", async () => {
  const world = new HealthWorld();
  const { health, host } = await world.well("shop");
  let well = true;
  const changes: unknown[] = [];
  const monitor = health.monitor(
    { database: () => well },
    { intervalMs: 1_000, thresholds: { failure: 1, success: 1 }, onChange: (change) => changes.push(change) },
  );
  await world.pass(500);
  health.set("late", "SERVING");
  well = false;
  await world.pass(1_500);
  expect([...health.statuses]).toEqual([
    ["", "NOT_SERVING"],
    ["late", "NOT_SERVING"],
  ]);
  expect(changes.at(-1)).toEqual({
    dependency: "database",
    now: "down",
    reason: "the check says false",
    services: new Map([
      ["", "NOT_SERVING"],
      ["late", "NOT_SERVING"],
    ]),
  });
  expect(host.logged).toEqual([]);
  monitor.stop();
  expect(health.statuses.get("late")).toBe("SERVING");
});

it("what onChange throws does not stop anything", async () => {
  const { world, host, statuses } = await story(() => true, {
    onChange: () => {
      throw new Error("mine");
    },
  });
  await world.pass(1_000);
  expect(statuses()).toBe(allServe);
  expect(host.logged[0]).toMatch(/^holdfast: onChange failed: Error: mine/);
});

it("refuses mistakes when they are made", async () => {
  const world = new HealthWorld();
  const { health } = await world.well("shop");
  const database = (): boolean => true;
  const wrong: [unknown, unknown, RegExp][] = [
    [undefined, {}, /checks: expected \{ name: \(\) => … \}, got undefined/],
    [{}, {}, /there is nothing to monitor/],
    [{ database: true }, {}, /check "database": expected a function, got boolean/],
    [{ database }, { interval: 1 }, /"interval" is unknown; did you mean intervalMs/],
    [{ database }, { intervalMs: 0 }, /intervalMs: 0, expected a number of 1 or more/],
    [{ database }, { timeoutMs: "5s" }, /timeoutMs: "5s", expected a number/],
    [{ database }, { thresholds: { failure: 0 } }, /threshold failure: 0, expected a whole number/],
    [{ database }, { thresholds: { failures: 1 } }, /"failures" is unknown; did you mean failure/],
    [
      { database },
      { services: { a: ["databse"] } },
      /services\["a"\]: there is no check "databse"; there are "database"/,
    ],
    [{ database }, { services: { a: "database" } }, /services\["a"\]: expected a list of names/],
    [{ database }, { critical: ["cache"] }, /critical: there is no check "cache"/],
    [{ database }, { onChange: 1 }, /onChange: expected a function/],
  ];
  for (const [checks, options, words] of wrong)
    expect(() => health.monitor(checks as never, options as never)).toThrow(words);
  expect(health.statuses.get("")).toBe("SERVING");
});
