/**
 * Something between client and server forgets their connection, or a cable is pulled: nothing passes, and nobody is told.
 * A call without a deadline waits for an answer that cannot come. TCP alone would never find out: the request was
 * acknowledged long ago, and there is nothing to send.
 *
 * With calls in flight and nothing read for 5 min 15 s, one PING is sent (gRPC servers police PINGs that come more often
 * than every 5 min); without a sign of life 20 s later the connection is given up. So nothing waits for ever.
 */
import { afterEach, expect, it } from "vitest";
import { StatusError } from "../../src/report/status-error.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

const quietMs = 315_000; // 5 min 15 s
const answerMs = 20_000; // 20 s

afterEach(leaveNothingOpen);

it("a call on a connection that leads nowhere gets a PING after 5 min 15 s, fails 20 s later, and says why", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {});
  let failed: StatusError | undefined;
  const call = story.channel("shop").unary("/shop.Shop/Write", new Uint8Array(5));
  call.catch((error: unknown) => (failed = StatusError.from(error)));
  await story.until(() => server.executed.length === 1);
  const lastHeardMs = story.nowMs;
  story.world.link("client", "shop").partition();
  await story.pass(quietMs + answerMs - 10);
  expect(failed).toBeUndefined();
  await story.until(() => failed !== undefined, 100);
  expect(failed).toMatchObject({ codeName: "UNAVAILABLE", reason: "KEEPALIVE_LOST", processed: "maybe" });
  expect(failed?.report?.summary).toContain("no answer to our PING, nothing heard for 335 s");
  expect(story.nowMs - lastHeardMs).toBeLessThan(quietMs + answerMs + 10);
  story.world.link("client", "shop").heal();
});

it("a server that is only slow answers the PING, and is waited for", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {});
  const call = story.channel("shop").unary("/shop.Shop/Write", new Uint8Array(5));
  await story.until(() => server.executed.length === 1);
  await story.pass(4 * quietMs);
  server.connections[0]?.answerGrpc(1, "at last");
  expect(new TextDecoder().decode(await story.settled(call))).toBe("at last");
  expect(server.connections).toHaveLength(1);
});
