/**
 * A channel dials a peer that is cut off, and is closed before anybody answers. The socket belongs to nobody yet: the
 * transport takes it when the connection is up.
 *
 * What used to happen: the channel said that it was closed, and the kernel went on dialling for two minutes.
 */
import { afterEach, expect, it } from "vitest";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

it("a channel that is closed on the way to its peer leaves no socket", async () => {
  const stage = new ChannelWorld();
  stage.script("shop", {});
  stage.world.link("client", "shop").partition();
  const channel = stage.channel("shop");
  channel.connect();
  await stage.pass(20);
  expect(stage.client.open().join()).toContain("socket");
  await stage.settled(channel.close());
  await stage.pass(10);
  expect(stage.client.open()).toEqual([]);
});
