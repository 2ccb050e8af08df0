/**
 * A channel is closed while its first SYN is on its way. The socket belongs to nobody yet: the transport takes it when
 * the connection is up.
 *
 * What used to happen: the socket came up in nobody's hands and stayed open for ever, idle, in both processes.
 */
import { afterEach, expect, it } from "vitest";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

it("a channel that is closed on the way to its peer leaves no socket", async () => {
  const stage = new ChannelWorld();
  const server = stage.script("shop", {});
  stage.world.link("client", "shop").delay({ ms: 50 });
  const channel = stage.channel("shop");
  channel.connect();
  await stage.pass(20);
  expect(stage.client.open().join()).toContain("socket");
  await stage.settled(channel.close());
  await stage.pass(1_000);
  expect(stage.client.open()).toEqual([]);
  expect(server.connections.every(({ closed }) => closed)).toBe(true);
});
