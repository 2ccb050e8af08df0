/**
 * What any client of grpc.health.v1 is answered: Check and List now, Watch now and at each change (health.proto, gRFC
 * A17, A90). Services that nobody named are NOT_FOUND for Check and SERVICE_UNKNOWN for Watch, which goes on.
 */
import { create, toBinary } from "@bufbuild/protobuf";
import { afterEach, expect, it } from "vitest";
import { check, HealthService } from "../../src/health/index.ts";
import { HealthCheckRequestSchema } from "../../src/health/health-pb.ts";
import { leaveNothingOpen } from "../channel/channel-world.ts";
import { HealthWorld } from "../health/health-world.ts";
import { RawClient } from "./raw-client.ts";

afterEach(leaveNothingOpen);

async function story() {
  const world = new HealthWorld();
  const { health, host, server } = await world.well("shop");
  const channel = world.channel("shop");
  return { world, health, host, server, channel, raw: channel.client(HealthService) };
}

it("Check: what was set, by name or descriptor; NOT_FOUND for what was not", async () => {
  const { world, health, channel, raw } = await story();
  health.set("shop.v1.Shop", "NOT_SERVING").set(HealthService, "UNKNOWN");
  const asked = ["", "shop.v1.Shop", HealthService, "nobody"].map((service) => check(channel, service));
  expect(await world.settled(Promise.all(asked))).toEqual(["SERVING", "NOT_SERVING", "UNKNOWN", "SERVICE_UNKNOWN"]);
  const error = await world.errorOf(raw.check({ service: "no\u001b\nbody" }));
  expect([error.codeName, error.text]).toEqual([
    "NOT_FOUND",
    'this server says nothing of a service "no\\u{1b}\\nbody"',
  ]);
  const long = await world.errorOf(raw.check({ service: "x".repeat(1_000_000) }));
  expect([long.codeName, long.text.length]).toEqual(["NOT_FOUND", 141]);
});

it("List: every service, and RESOURCE_EXHAUSTED above 100 of them", async () => {
  const { world, health, raw } = await story();
  for (let i = 1; i < 100; i++) health.set(`s${i}`, "SERVING");
  health.set("__proto__", "SERVING").set("s7", "NOT_SERVING");
  await expect(world.errorOf(raw.list({}))).resolves.toMatchObject({ codeName: "RESOURCE_EXHAUSTED" });
  const other = await story();
  for (let i = 1; i < 100; i++) other.health.set(`s${i}`, i === 7 ? "NOT_SERVING" : "SERVING");
  const { statuses } = await other.world.settled(other.raw.list({}));
  expect([Object.keys(statuses).length, statuses[""]?.status, statuses["s7"]?.status]).toEqual([100, 1, 2]);
});

it("Watch: the present state at once, then changes alone, for services that come later, too", async () => {
  const { world, health, host, channel } = await story();
  const shop = world.follow(channel, "shop.v1.Shop");
  const later = world.follow(channel, "later");
  health.set("shop.v1.Shop", "SERVING");
  await world.pass(1_000);
  host.defer(() => health.set("shop.v1.Shop", "SERVING"));
  await world.pass(1_000);
  host.defer(() => health.setAll("NOT_SERVING"));
  await world.pass(1_000);
  host.defer(() => health.setAll("SERVING").set("later", "SERVING"));
  await world.pass(1_000);
  expect([shop.heard, later.heard]).toEqual([
    ["SERVING", "NOT_SERVING", "SERVING"],
    ["SERVICE_UNKNOWN", "SERVING"],
  ]);
  for (const one of [shop, later]) await world.settled(one.updates.return());
});

it("Watch: several changes in one turn are one, and a client that does not read holds at most 64 KiB", async () => {
  const { world, health, host } = await story();
  const { address } = host;
  const options = { streamWindowBytes: 65_535 };
  const client = new RawClient(world.world.host("slow"), { kind: "tcp", host: address, port: 50_051 }, options);
  await world.until(() => client.ready);
  const request = toBinary(HealthCheckRequestSchema, create(HealthCheckRequestSchema, { service: "" }));
  const call = client.call("/grpc.health.v1.Health/Watch", [request]);
  await world.until(() => call.messages.length === 1);
  host.defer(() => health.set("", "NOT_SERVING").set("", "SERVING"));
  host.defer(() => health.set("", "NOT_SERVING"));
  await world.pass(1_000);
  expect(call.messages.map((message) => message.at(-1))).toEqual([1, 2]);
  call.reads = false;
  // One change a turn: 30,000 messages of 7 octets are more than the client's window and what we keep for it.
  let left = 30_000;
  const flip = (): void => {
    health.set("", left % 2 === 0 ? "SERVING" : "NOT_SERVING");
    if (--left > 0) host.timer(1, flip);
  };
  host.timer(1, flip);
  await world.until(() => left === 0);
  host.defer(() => health.set("", "UNKNOWN"));
  await world.pass(1_000);
  expect(call.messages.length).toBeLessThan(10_000);
  call.reads = true;
  client.transport.connection.credit(call.stream, 65_535);
  await world.pass(1_000);
  // What was under way, and then the newest: nothing of the 10,000 changes in between.
  expect(call.messages.length).toBeLessThan(2 * (65_536 / 7) + 10);
  expect(call.messages.at(-1)).toHaveLength(0); // UNKNOWN is 0, which protobuf does not write
  client.transport.connection.reset(call.stream, 8);
  await world.pass(1_000);
  client.transport.close("closed");
});

it("Watch: a name without bounds is refused; calls that end leave nothing behind", async () => {
  const { world, raw, channel } = await story();
  const calls = raw.watch({ service: "x".repeat(1_025) });
  await expect(world.errorOf(calls.next())).resolves.toMatchObject({ codeName: "INVALID_ARGUMENT" });
  const controller = new AbortController();
  const watch = world.follow(channel, "a", controller.signal);
  await world.until(() => watch.heard.length === 1);
  world.client.defer(() => controller.abort());
  await world.settled(watch.ended);
  expect(watch.heard).toEqual(["SERVICE_UNKNOWN", "done"]);
});

it("refuses mistakes when they are made", async () => {
  const { health, channel, world } = await story();
  expect(() => health.set("a", "SERVICE_UNKNOWN" as never)).toThrow(/expected SERVING, NOT_SERVING or UNKNOWN; it is/);
  expect(() => health.set("a", "serving" as never)).toThrow(/"serving": expected SERVING/);
  expect(() => health.set(7 as never, "SERVING")).toThrow(/expected the name of a service/);
  expect(() => health.set("x".repeat(1_025), "SERVING")).toThrow(/got one of 1025 characters/);
  expect(() => world.follow(channel, null as never)).toThrow(/expected the name of a service/);
});
