/**
 * The connection is reset before a single response header came. How far had it got?
 *
 * - Before the peer's SETTINGS: nothing of a call was sent, so nothing is lost. A client that sends its requests along with
 *   its preface (as RFC 9113 §3.4 allows) could not tell.
 * - After the request: the peer may have run it. Without anybody's leave it must not run again; a retryPolicy is such
 *   leave, and no header means that the answer had not begun (gRFC A6).
 */
import { afterEach, expect, it } from "vitest";
import { utf8 } from "../../src/http2/bytes.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import type { Script } from "../channel/scripted-server.ts";

const path = "/shop.Shop/Write";

afterEach(leaveNothingOpen);

/** The process behind the first connection dies over its first request; the next one answers. */
const diesOnce: Script = {
  onRequest: ({ connection, streamId }) => {
    if (connection.number > 1) connection.answerGrpc(streamId, "written");
    else connection.socket.reset();
  },
};

it("a call whose request was sent fails as a maybe, and ran once", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", diesOnce);
  const error = await story.errorOf(story.channel("shop").unary(path, new Uint8Array(5)));
  expect(error).toMatchObject({ codeName: "UNAVAILABLE", reason: "CONNECTION_RESET", processed: "maybe" });
  expect(error.evidence).toEqual([{ kind: "request-sent" }]);
  expect(error.report?.summary).toContain("RST without a GOAWAY");
  expect(server.executed).toHaveLength(1);
});

it("a policy lets it go again", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", diesOnce);
  const retryPolicy = {
    maxAttempts: 2,
    initialBackoff: "0.1s",
    maxBackoff: "1s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  const channel = story.channel("shop", { serviceConfig: { methodConfig: [{ name: [{}], retryPolicy }] } });
  expect(utf8(await story.settled(channel.unary(path, new Uint8Array(5))))).toBe("written");
  expect(server.executed.map(({ connection }) => connection.number)).toEqual([1, 2]);
});

it("a connection that is reset before SETTINGS costs no call anything", async () => {
  const story = new ChannelWorld();
  let connections = 0;
  const host = story.world.host("shop");
  // A listener that is up before its application is: it takes the first two connections and drops them.
  const early = host.listen(
    { address: { kind: "tcp", host: host.address, port: 50_051 } }, // the customary port of these stories
    {
      listening: () => {},
      accepted: (socket) => {
        connections++;
        socket.reset();
        return { data: () => {}, end: () => {}, flushed: () => {}, closed: () => {} };
      },
      failed: () => {},
      closed: () => {},
    },
  );
  const channel = story.channel("shop");
  const call = channel.unary(path, new Uint8Array(5), { waitForReady: true });
  await story.until(() => connections === 2, 60_000);
  early.close();
  await story.pass(1);
  const server = story.script("shop", {
    onRequest: ({ connection, streamId }) => connection.answerGrpc(streamId, "written"),
  });
  expect(utf8(await story.settled(call))).toBe("written");
  expect(server.executed).toHaveLength(1);
});
