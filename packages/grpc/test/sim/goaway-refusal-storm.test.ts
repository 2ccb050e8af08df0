/**
 * A burst of forty calls meets a deploy. Every server that the client reaches takes the first eight streams of its
 * connection and leaves with GOAWAY(last stream 15): the other streams are refused, and all refusals come in one packet.
 *
 *     connection 1   40 streams   8 answered, 32 refused    again at once, on a new connection
 *     connection 2   32 streams   8 answered, 24 refused    again after a back-off of about 0.1 s, each its own
 *     connection 3   …            and so on, until the storm is over
 *
 * RFC 9113 §6.8: what is above the last id was not processed, so every call may go again, whatever its method; what is at
 * or below it goes on where it is. Nothing in HTTP/2 keeps the refused from coming back all at once, again and again: that
 * they do not is ours to see to. The first refusal is the normal course of a restart and costs nothing; from the second on
 * a call waits a while, and after five it fails and says why.
 */
import { afterEach, expect, it } from "vitest";
import { utf8 } from "../../src/http2/bytes.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import type { Script, ScriptedRequest } from "../channel/scripted-server.ts";

const calls = 40;
const takenPerConnection = 8;
/** The id of a client's eighth stream: they are the odd numbers. */
const lastStreamId = 2 * takenPerConnection - 1;

afterEach(leaveNothingOpen);

/** Takes the first `taken` streams of each connection, and leaves behind the first packet of requests. */
function leavingServer(taken: number): Script {
  const serve = ({ connection, streamId, headers }: ScriptedRequest): void =>
    connection.answerGrpc(streamId, `served ${headers[":path"]}`);
  return {
    onRequest: (request) => {
      const { connection, streamId } = request;
      if (streamId <= 2 * taken - 1) serve(request);
      if (streamId === 1) connection.goaway(Math.max(0, 2 * taken - 1), 0, "deploy");
    },
  };
}

function burst(story: ChannelWorld): Promise<string[]> {
  const channel = story.channel("shop");
  const one = async (index: number): Promise<string> =>
    utf8(await channel.unary(`/shop.Shop/Write${index}`, new Uint8Array(5)));
  return Promise.all(Array.from({ length: calls }, (_, index) => one(index)));
}

it("every call of the burst is answered, and each ran once", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", leavingServer(takenPerConnection));
  const answers = await story.settled(burst(story));
  expect(answers).toEqual(Array.from({ length: calls }, (_, index) => `served /shop.Shop/Write${index}`));
  const taken = server.executed.filter(({ streamId }) => streamId <= lastStreamId);
  expect(new Set(taken.map(({ headers }) => headers[":path"])).size).toBe(taken.length);
  expect(taken).toHaveLength(calls);
});

it("the refused come back at once the first time, and spread out from the second on", async () => {
  const story = new ChannelWorld();
  const openedAtMs: number[] = [];
  const seen = new Set<number>();
  story.script("shop", {
    ...leavingServer(takenPerConnection),
    onHead: ({ connection }) => {
      if (seen.has(connection.number)) return;
      seen.add(connection.number);
      openedAtMs.push(story.nowMs);
    },
  });
  await story.settled(burst(story));
  const [first = 0, second = 0, third = 0] = openedAtMs;
  // A round trip or two: GOAWAY on the way back, then a new connection.
  expect(second - first).toBeLessThan(10);
  // 100 ms and a fifth of jitter either way.
  expect(third - second).toBeGreaterThan(75);
  expect(third - second).toBeLessThan(130);
});

it("a call that is refused for ever fails in bounded time, and the error can be trusted", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", leavingServer(0));
  const channel = story.channel("shop");
  const error = await story.errorOf(channel.unary("/shop.Shop/Write", new Uint8Array(5)));
  expect(error).toMatchObject({ codeName: "UNAVAILABLE", reason: "GOAWAY_UNPROCESSED", processed: "no" });
  // The first and five more.
  expect(error.attempts.map(({ processed }) => processed)).toEqual(["no", "no", "no", "no", "no", "no"]);
  expect(server.executed).toHaveLength(6);
  // 0 + 0.1 + 0.2 + 0.4 + 0.8 s, a fifth of jitter either way; connections that were of no use back off, too.
  expect(story.nowMs).toBeLessThan(20_000);
});
