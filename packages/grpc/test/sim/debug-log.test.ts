/**
 * A user sets HOLDFAST_DEBUG and reads what happens: connections, frames, calls, names, drains, at both ends, with times
 * and without secrets. Who sets nothing hears nothing.
 */
import { afterEach, describe, expect, it } from "vitest";
import { StatusError } from "../../src/index.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

/** What client and server say while one call goes well, another fails, and the server leaves; times cut off. */
async function spoken(
  client: string | undefined,
  server: string | undefined,
): Promise<{ client: string[]; server: string[] }> {
  const story = new ChannelWorld();
  const host = story.world.host("shop");
  if (client !== undefined) story.client.environment.set("HOLDFAST_DEBUG", client);
  if (server !== undefined) host.environment.set("HOLDFAST_DEBUG", server);
  const serving = await story.serve("shop", (shop) => {
    shop.addMethod("/shop.Shop/Read", "unary", (request) => request);
  });
  const channel = story.channel("shop");
  const metadata = { authorization: "Bearer abcdefghijkl", "x-data-bin": Uint8Array.of(1, 2, 3) };
  await story.settled(channel.unary("/shop.Shop/Read", new Uint8Array(3), { metadata, timeoutMs: 2_000 }));
  await story.settled(channel.unary("/shop.Shop/Nothing", new Uint8Array(3)).catch(() => undefined));
  await story.settled(serving.drain());
  await story.pass(3_000);
  await story.settled(channel.close());
  await story.pass(3_000);
  const time = /^holdfast 2026-01-01T00:00:\d\d\.\d{3}Z /;
  const plain = (lines: readonly string[]): string[] => lines.map((line) => line.replace(time, ""));
  return { client: plain(story.client.logged), server: plain(host.logged) };
}

const read =
  ":method: POST, :scheme: http, :path: /shop.Shop/Read, :authority: shop:50051, te: trailers, content-type: application/grpc";

describe("HOLDFAST_DEBUG", () => {
  it("=all tells the client's whole story, secrets masked", async () => {
    const { client } = await spoken("all", undefined);
    const story = [
      "call 1 begins, deadline in 2.0 s: /shop.Shop/Read",
      "call 1 waits for a connection",
      "channel to dns:///shop:50051: resolved to 10.0.0.2:50051",
      "address 10.0.0.2:50051: idle, now connecting",
      "conn 1 to 10.0.0.2:50051: connecting",
      "conn 1 connected, plain text",
      "conn 1 > SETTINGS ENABLE_PUSH 0, INITIAL_WINDOW_SIZE 262144, MAX_HEADER_LIST_SIZE 65536",
      "conn 1 ready: the peer's SETTINGS came",
      "conn 1 stream 1 begins: POST /shop.Shop/Read",
      "conn 1 < HEADERS stream 1, 12 octets, END_STREAM, END_HEADERS; grpc-status: 0",
      "conn 1 stream 1 ends after 1 ms: status 0 OK, POST /shop.Shop/Read",
      "call 1 ends after 2 ms on conn 1 stream 1: OK",
      'conn 1 < GOAWAY NO_ERROR, last stream 2147483647 (any), "draining"',
      "conn 1 the peer sent FIN",
    ];
    expect(client.filter((line) => story.includes(line))).toEqual(story);
    const secret = "authorization: [masked, 19 octets], x-data-bin: [masked, 4 octets]";
    expect(client.find((line) => line.includes(read))).toContain(secret);
    expect(client.join()).not.toMatch(/abcdefghijkl|AQID/);
    expect(client.join()).toContain("call 2 ends after 1 ms on conn 1 stream 3: UNIMPLEMENTED [PEER_STATUS]");
    expect(client.join()).toContain(
      'report: conn 1 to 10.0.0.2:50051: peer GOAWAY(NO_ERROR "draining") last=max, then closed by us at once',
    );
    expect(client.filter((line) => line === "conn 1 we send FIN")).toHaveLength(1);
  });

  it("tells the server's, too", async () => {
    const { server, client } = await spoken(undefined, "connection server,CALLS");
    expect(client).toEqual([]);
    expect(server.filter((line) => /listening|drain:|conn 1/.test(line))).toEqual([
      "listening on 10.0.0.2:50051",
      "conn 1 from 10.0.0.1:32768: accepted on 10.0.0.2:50051, plain text",
      "conn 1 ready: the peer's SETTINGS came",
      "conn 1 stream 1 begins: POST /shop.Shop/Read",
      "conn 1 stream 1 ends after 0 ms: status 0 OK, POST /shop.Shop/Read",
      "conn 1 stream 3 begins: POST /shop.Shop/Nothing",
      "conn 1 stream 3 ends after 0 ms: status 12 UNIMPLEMENTED, POST /shop.Shop/Nothing",
      "drain: serving, now emptying; 1 connection open",
      expect.stringContaining("report: conn 1 from 10.0.0.1:32768: drained by us"),
      "conn 1 we send FIN",
      "conn 1 the peer sent FIN",
      "conn 1 we close the socket",
      "conn 1 closed",
      expect.stringMatching(/^drain: emptying, now \w+; /),
    ]);
  });

  it("tells why a call goes again, and what a plain HTTP/2 request is, without its secrets", async () => {
    const story = new ChannelWorld();
    story.client.environment.set("HOLDFAST_DEBUG", "calls");
    await story.serve("shop", (shop) => {
      shop.addMethod("/shop.Shop/Read", "unary", () => {
        throw new StatusError("UNAVAILABLE", "not now");
      });
      shop.handle(() => ({ body: "hello" }));
    });
    const again = { maxAttempts: 2, initialBackoff: "0.1s", maxBackoff: "1s", backoffMultiplier: 2 };
    const retryPolicy = { ...again, retryableStatusCodes: ["UNAVAILABLE"] };
    const channel = story.channel("shop", { serviceConfig: { methodConfig: [{ name: [{}], retryPolicy }] } });
    await story.errorOf(channel.unary("/shop.Shop/Read", new Uint8Array(1)));
    const client = story.http2Client("shop");
    await story.settled(client.request({ path: "/items?access_token=abcdef" }).then((response) => response.bytes()));
    const lines = story.client.logged.map((line) => line.slice(34)).filter((line) => line.startsWith("call "));
    expect(lines).toEqual([
      "call 1 begins, no deadline: /shop.Shop/Read",
      "call 1 waits for a connection",
      expect.stringMatching(/^call 1 goes again in \d+ ms: UNAVAILABLE \[PEER_STATUS\] not now; processed: maybe$/),
      expect.stringMatching(/^call 1 ends after \d+ ms on conn 1 stream 3: UNAVAILABLE \[PEER_STATUS\] not now/),
      "call 2 begins, no deadline: GET /items?access_token=[masked]",
      "call 2 waits for a connection",
      expect.stringMatching(/^call 2 ends after \d+ ms on conn 2 stream 1: OK$/),
    ]);
  });

  it("tells what was asked for, and nothing else", async () => {
    const { client } = await spoken("channel", undefined);
    expect(client.every((line) => /^(channel to|address) /.test(line))).toBe(true);
    expect(client.length).toBeGreaterThan(2);
    expect(await spoken(undefined, undefined)).toEqual({ client: [], server: [] });
    expect(await spoken("", " , ")).toEqual({ client: [], server: [] });
  });

  it("names words that it does not know, once", async () => {
    const { client } = await spoken("frame,nonsense", undefined);
    const known = "known words are connection, frames, calls, channel, server and all";
    expect(client).toEqual([
      `holdfast: HOLDFAST_DEBUG: "frame" is unknown (did you mean frames?), "nonsense" is unknown; ${known}`,
    ]);
  });
});
