/**
 * The client is still sending the messages of its request when the server answers with a status alone, UNAVAILABLE, and
 * lets go of the stream with RST_STREAM(NO_ERROR) (RFC 9113 §8.1). A retryPolicy names UNAVAILABLE, so the call goes
 * again, whole, on a new stream.
 *
 * What used to happen: resetting the old stream told the call of a failure once more while it was being retried. It
 * failed with INTERNAL, and its second attempt went on as a ghost that ran on the server for nobody.
 */
import { afterEach, expect, it } from "vitest";
import { utf8 } from "../../src/http2/bytes.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

it("a call that is answered before its request is whole is retried once, and ends once", async () => {
  const stage = new ChannelWorld();
  const server = stage.script("shop", {
    onHead: ({ connection, streamId }) => {
      if (streamId !== 1) return;
      connection.refuse(streamId, 14); // UNAVAILABLE
      connection.reset(streamId, 0);
    },
    onRequest: ({ connection, streamId }) => connection.answerGrpc(streamId, "both came"),
  });
  const retryPolicy = {
    maxAttempts: 3,
    initialBackoff: "0.1s",
    maxBackoff: "1s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  const channel = stage.channel("shop", { serviceConfig: { methodConfig: [{ name: [{}], retryPolicy }] } });
  async function* slowly(): AsyncIterable<Uint8Array> {
    yield new Uint8Array(10);
    await new Promise<void>((resolve) => stage.client.timer(50, () => stage.client.defer(resolve)));
    yield new Uint8Array(20);
  }
  const answer = await stage.settled(channel.clientStreaming("/shop.Shop/Upload", slowly()));
  expect(utf8(answer)).toBe("both came");
  await stage.pass(60_000);
  expect(server.executed.map(({ streamId }) => streamId)).toEqual([3]);
});
