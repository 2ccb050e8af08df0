/**
 * Three calls are in flight on streams 1, 3 and 5. The server says GOAWAY(last stream 3) and, before it has answered, its
 * process dies: the kernel resets the connection.
 *
 * RFC 9113 §6.8: stream 5 was not processed, and goes again without anybody's noticing. Streams 1 and 3 may have been; no
 * GOAWAY is a promise to answer. They fail, and the error says both that the peer had announced its leaving and that the
 * connection broke. What used to happen elsewhere: all three fail alike with "connection dropped", or all three run again.
 */
import { afterEach, expect, it } from "vitest";
import { utf8 } from "../../src/http2/bytes.ts";
import { StatusError } from "../../src/report/status-error.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import type { Script } from "../channel/scripted-server.ts";

afterEach(leaveNothingOpen);

const leavesAndDies: Script = {
  onRequest: ({ connection, streamId, headers }) => {
    if (connection.number > 1) connection.answerGrpc(streamId, headers[":path"] ?? "");
    else if (streamId === 5) {
      connection.goaway(3, 0, "max_age");
      connection.socket.reset();
    }
  },
};

// The reset must not overtake the GOAWAY that it follows.
const leavesThenDies: Script = {
  onRequest: ({ connection, streamId, headers }) => {
    if (connection.number > 1) connection.answerGrpc(streamId, headers[":path"] ?? "");
    else if (streamId === 5) connection.goaway(3, 0, "max_age");
  },
};

type Outcome = string | StatusError;

async function threeCalls(story: ChannelWorld, serviceConfig: object = {}): Promise<Outcome[]> {
  const channel = story.channel("shop", { serviceConfig });
  const calls = ["A", "B", "C"].map((name) =>
    channel.unary(`/shop.Shop/${name}`, new Uint8Array(1)).then(utf8, (error: unknown) => StatusError.from(error)),
  );
  return Promise.all(calls);
}

it("what was above the last id goes again; what was below is told the whole story", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", leavesThenDies);
  const outcomes = threeCalls(story);
  await story.until(() => server.executed.length === 3);
  await story.pass(5);
  story.world.link("client", "shop").reset();
  const [a, b, c] = await story.settled(outcomes);
  expect(c).toBe("/shop.Shop/C");
  for (const lost of [a, b]) {
    expect(lost).toMatchObject({ codeName: "UNAVAILABLE", reason: "GOAWAY_THEN_CLOSED", processed: "maybe" });
    expect((lost as StatusError).report).toMatchObject({ endedBy: "peer-http2", socket: "rst" });
    expect((lost as StatusError).report?.summary).toMatch(/peer GOAWAY\(NO_ERROR "max_age"\) last=3, then RST/);
  }
  expect(server.executed.map(({ headers }) => headers[":path"])).toEqual(
    ["A", "B", "C", "C"].map((name) => `/shop.Shop/${name}`),
  );
});

it("with a retryPolicy for them, all three are answered", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", leavesThenDies);
  const retryPolicy = {
    maxAttempts: 3,
    initialBackoff: "0.1s",
    maxBackoff: "1s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  const outcomes = threeCalls(story, { methodConfig: [{ name: [{}], retryPolicy }] });
  await story.until(() => server.executed.length === 3);
  await story.pass(5);
  story.world.link("client", "shop").reset();
  expect(await story.settled(outcomes)).toEqual(["/shop.Shop/A", "/shop.Shop/B", "/shop.Shop/C"]);
});

it("a reset that destroys the GOAWAY before it is read leaves all three in doubt", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", leavesAndDies);
  const outcomes = await story.settled(threeCalls(story));
  // Whether the kernel gives out what came before the RST is its own affair; that no call runs twice is ours.
  const names = server.executed.map(({ headers }) => headers[":path"]);
  for (const [index, name] of ["A", "B", "C"].entries()) {
    const outcome = outcomes[index];
    const runs = names.filter((path) => path === `/shop.Shop/${name}`).length;
    if (typeof outcome === "string") expect(outcome).toBe(`/shop.Shop/${name}`);
    else expect([outcome?.processed, runs]).toEqual(["maybe", 1]);
  }
});
