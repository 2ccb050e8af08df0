/**
 * A server is told to leave while requests are on the wire towards it, 100 ms away. A GOAWAY with the real last stream id
 * at once would refuse them all. RFC 9113 §6.8 has a way: first GOAWAY(2^31-1), which refuses nothing and tells the client
 * to stop; then a PING, whose answer proves that everything sent before is here; then the real id.
 *
 *     server   drain ── GOAWAY(max), PING ───────────╮            ╭─ PING's answer: GOAWAY(real id)
 *     client        ── late request ──╮              ╰─ stops, dials anew
 *                                     ╰─ served
 */
import { afterEach, expect, it } from "vitest";
import { fromUtf8, utf8 } from "../../src/http2/bytes.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

const oneWayMs = 100;

afterEach(leaveNothingOpen);

it("requests that cross the warning are served where they are going, once", async () => {
  const story = new ChannelWorld();
  story.world.link("client", "shop").delay({ ms: oneWayMs });
  const entered: string[] = [];
  const server = await story.serve("shop", (shop) =>
    shop.addMethod("/shop.Shop/Write", "unary", (request) => {
      entered.push(utf8(request));
      return fromUtf8(`wrote ${utf8(request)}`);
    }),
  );
  const channel = story.channel("shop");
  const write = (text: string): Promise<string> => channel.unary("/shop.Shop/Write", fromUtf8(text)).then(utf8);
  expect(await story.settled(write("before"))).toBe("wrote before");

  const drained = server.drain();
  await story.pass(oneWayMs / 2);
  // The warning is half way. None of these can know of it.
  const late = Promise.all(["late 1", "late 2", "late 3"].map(write));
  expect(await story.settled(late)).toEqual(["wrote late 1", "wrote late 2", "wrote late 3"]);
  expect(entered).toEqual(["before", "late 1", "late 2", "late 3"]);
  expect(await story.settled(drained)).toEqual({ warned: 0, finished: 3, cut: 0 });
});
