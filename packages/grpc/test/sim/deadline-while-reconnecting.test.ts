/**
 * The machine behind the only address loses its power: no FIN, no RST, a SYN that nobody answers. A call that waits for a
 * connection (gRPC's wait-for-ready) has a deadline. It ends at the deadline, not when the connect attempt gives up, and
 * knows that nothing was sent; and if the machine is back in time, it never learns of any of this.
 */
import { afterEach, expect, it } from "vitest";
import { utf8 } from "../../src/http2/bytes.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import type { Script } from "../channel/scripted-server.ts";

const path = "/shop.Shop/Write";
const answers: Script = { onRequest: ({ connection, streamId }) => connection.answerGrpc(streamId, "written") };

afterEach(leaveNothingOpen);

it("the deadline ends a call that never got a connection, on time and with proof", async () => {
  const story = new ChannelWorld();
  story.world.host("shop").kill({ machine: true });
  const channel = story.channel("shop");
  const error = await story.errorOf(channel.unary(path, new Uint8Array(5), { waitForReady: true, timeoutMs: 2_000 }));
  expect(error).toMatchObject({ codeName: "DEADLINE_EXCEEDED", processed: "no", evidence: [{ kind: "never-sent" }] });
  expect(error.text).toContain("waiting for a connection");
  expect(story.nowMs).toBeGreaterThanOrEqual(2_000);
  expect(story.nowMs).toBeLessThan(2_005);
});

it("a machine that is back in time answers it", async () => {
  const story = new ChannelWorld();
  const host = story.world.host("shop");
  host.kill({ machine: true });
  const channel = story.channel("shop");
  const call = channel.unary(path, new Uint8Array(5), { waitForReady: true, timeoutMs: 10_000 });
  await story.pass(500);
  host.restart();
  const server = story.script("shop", answers);
  expect(utf8(await story.settled(call))).toBe("written");
  // The kernel's second SYN goes out after a second, and finds somebody.
  expect(story.nowMs).toBeLessThan(1_100);
  expect(server.executed).toHaveLength(1);
});
