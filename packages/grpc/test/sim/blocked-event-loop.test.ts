/**
 * The client's own event loop is blocked (a long computation, garbage, a frozen container). Meanwhile the answer arrives
 * in the kernel and the deadline passes. When the loop runs again, Node fires timers before it looks at sockets: a timer
 * that condemns on the spot fails a call whose answer is there. So every verdict waits for one look at the sockets.
 *
 * What used to happen elsewhere: DEADLINE_EXCEEDED for a call that was answered in time, and a keepalive that kills a
 * healthy connection after every stall.
 */
import { afterEach, expect, it } from "vitest";
import { utf8 } from "../../src/http2/bytes.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

const path = "/shop.Shop/Write";
const stallMs = 640;

afterEach(leaveNothingOpen);

it("an answer that lies in the kernel is read before the deadline's verdict", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {});
  const call = story.channel("shop").unary(path, new Uint8Array(5), { timeoutMs: 500 });
  await story.until(() => server.executed.length === 1);
  story.client.stall(stallMs);
  await story.pass(100);
  server.connections[0]?.answerGrpc(1, "in time");
  expect(utf8(await story.settled(call))).toBe("in time");
});

it("without an answer the deadline holds, as soon as the loop runs", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {});
  const call = story.channel("shop").unary(path, new Uint8Array(5), { timeoutMs: 500 });
  await story.until(() => server.executed.length === 1);
  const stalledAtMs = story.nowMs;
  story.client.stall(stallMs);
  const error = await story.errorOf(call);
  expect(error).toMatchObject({ codeName: "DEADLINE_EXCEEDED", processed: "maybe" });
  expect(story.nowMs - stalledAtMs).toBeGreaterThanOrEqual(stallMs);
  expect(story.nowMs - stalledAtMs).toBeLessThan(stallMs + 5);
});

it("a refusal that is read after the deadline is no more than that: the time was up", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {});
  const call = story.channel("shop").unary(path, new Uint8Array(5), { timeoutMs: 500 });
  await story.until(() => server.executed.length === 1);
  story.client.stall(stallMs);
  await story.pass(100);
  server.connections[0]?.goaway(0);
  const error = await story.errorOf(call);
  expect(error).toMatchObject({ codeName: "DEADLINE_EXCEEDED", reason: "DEADLINE_EXCEEDED", processed: "no" });
  expect(error.evidence.map(({ kind }) => kind)).toContain("goaway-above-last-id");
});

it("a report that follows says that it was our own process", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {});
  const call = story.channel("shop").unary(path, new Uint8Array(5));
  await story.until(() => server.executed.length === 1);
  // A deadline of somebody else's notices the stall.
  const other = story.channel("shop").unary(path, new Uint8Array(5), { timeoutMs: 100 });
  story.client.stall(stallMs);
  await story.errorOf(other);
  story.world.link("client", "shop").reset();
  const error = await story.errorOf(call);
  expect(error.report?.longestStallMs).toBeGreaterThan(500);
  expect(error.report?.summary).toMatch(/our event loop was blocked for 5\d\d ms/);
});
