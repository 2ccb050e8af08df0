/**
 * "HTTP/2 GOAWAY frame received: last stream ID 0, error code NO_ERROR", as a record of that name describes it: a server
 * leaves while requests are on their way and says that it processed none of them. RFC 9113 §6.8: what is above the last
 * id was not processed and can be sent again, on another connection; what is at or below it goes on here. Clients that
 * know only "the session had a GOAWAY" lose all ten, or run them twice.
 */
import { afterEach, expect, it } from "vitest";
import type { Http2Client, Http2Request } from "../../src/channel/http2-client.ts";
import type { TerminationReport } from "../../src/report/termination-report.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import type { ScriptedConnection, ScriptedRequest } from "../channel/scripted-server.ts";

const requests = 10;

afterEach(leaveNothingOpen);

async function textOf(client: Http2Client, request: Http2Request): Promise<string> {
  const response = await client.request(request);
  return `${response.status} ${new TextDecoder().decode(await response.bytes())}`;
}

/** Ten at once, each with a path of its own. */
function ten(client: Http2Client, more: Omit<Http2Request, "path"> = {}): Promise<string[]> {
  return Promise.all(Array.from({ length: requests }, (_, i) => textOf(client, { ...more, path: `/${i}` })));
}

const paths = Array.from({ length: requests }, (_, i) => `/${i}`);
const answered = paths.map((path) => `200 served ${path}`);
const serve = ({ connection, streamId, headers }: ScriptedRequest): void =>
  connection.answer(streamId, `served ${headers[":path"]}`);
const pathsOf = (executed: readonly ScriptedRequest[]): (string | undefined)[] =>
  executed.map(({ headers }) => headers[":path"]).sort();

it("ten requests in flight end ten of ten, each executed once", async () => {
  const story = new ChannelWorld();
  const refused: ScriptedRequest[] = [];
  const server = story.script("shop", {
    // The first connection reads ten heads, executes nothing, and leaves.
    onHead: (request) => {
      if (request.connection.number > 1) return;
      refused.push(request);
      if (refused.length < requests) return;
      request.connection.goaway(0);
      request.connection.socket.end();
    },
    onRequest: (request) => {
      if (request.connection.number > 1) serve(request);
    },
  });
  const reports: TerminationReport[] = [];
  const client = story.http2Client("shop", { onReport: (report) => reports.push(report) });
  expect(await story.settled(ten(client))).toEqual(answered);
  expect(pathsOf(server.executed.filter(({ connection }) => connection.number > 1))).toEqual(paths);
  expect(server.connections).toHaveLength(2);
  expect(refused).toHaveLength(requests);
  await story.until(() => reports.length === 1);
  expect(reports[0]).toMatchObject({ endedBy: "peer-http2", goaways: [{ code: 0, lastStreamId: 0 }] });
});

it("a server that goes on to serve nothing on the old connection is not waited for", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {
    onHead: ({ connection }) => {
      // It leaves with the connection open: nothing but GOAWAY tells that the ten are lost.
      if (connection.number === 1 && connection.requests.size === requests) connection.goaway(0);
    },
    onRequest: (request) => {
      if (request.connection.number > 1) serve(request);
    },
  });
  const client = story.http2Client("shop");
  expect(await story.settled(ten(client))).toEqual(answered);
  expect(story.nowMs).toBeLessThan(100);
  await story.until(() => server.connections[0]?.closed === true, 5_000);
});

it("with two sessions, the five of the one that leaves go again and the other five go on", async () => {
  const story = new ChannelWorld();
  /** The session that had the first request, whichever came up first. */
  let leaver: ScriptedConnection | undefined;
  const server = story.script("shop", {
    onRequest: (request) => {
      const { connection } = request;
      leaver ??= connection;
      if (connection !== leaver || request.headers[":path"] === "/first") serve(request);
      // Its last answer was that to stream 1: what came then was not processed.
      else if (connection.requests.size === 1 + requests / 2) connection.goaway(1);
    },
  });
  const client = story.http2Client("shop", { sessions: 2 });
  // Both sessions are up before the ten come, which are dealt out in turn.
  await story.settled(textOf(client, { path: "/first" }));
  await story.until(() => server.connections.length === 2);
  await story.pass(10);
  expect(await story.settled(ten(client))).toEqual(answered);
  // The session that left is replaced although the other one could carry everything.
  await story.until(() => server.connections.length === 3, 1_000);
  expect(leaver?.requests.size).toBe(1 + requests / 2);
  const others = server.connections.filter((connection) => connection !== leaver);
  expect(others.map((connection) => connection.requests.size)).toEqual([requests, 0]);
  expect(pathsOf(server.executed.filter(({ connection }) => connection !== leaver))).toEqual(paths);
});

it("a body that is a stream is sent again from its start", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {
    onRequest: (request) => {
      const { connection, streamId, headers, body } = request;
      if (connection.number > 1)
        connection.answer(
          streamId,
          `${headers[":path"]} ${body.map((piece) => new TextDecoder().decode(piece)).join("")}`,
        );
      else if (connection.requests.size === requests) connection.goaway(0);
    },
  });
  const pieces = async function* () {
    for (const piece of ["one ", "two ", "three"]) {
      await story.takes(3);
      yield new TextEncoder().encode(piece);
    }
  };
  const client = story.http2Client("shop");
  const all = paths.map((path) => textOf(client, { method: "PUT", path, body: pieces() }));
  expect(await story.settled(Promise.all(all))).toEqual(paths.map((path) => `200 ${path} one two three`));
  expect(server.connections).toHaveLength(2);
});

it("a body of which more than is kept was sent is not sent again: the caller is told that it may be", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", {
    onHead: ({ connection }) => {
      if (connection.number === 1) story.world.at(story.nowMs + 1_000, () => connection.goaway(0));
    },
  });
  const client = story.http2Client("shop");
  const large = async function* () {
    for (let i = 0; i < 100; i++) {
      await story.takes(1);
      yield new Uint8Array(20_000); // 2 MB together: twice of what is kept
    }
  };
  const error = await story.errorOf(client.request({ method: "PUT", body: large() }));
  expect(error).toMatchObject({ code: 14, reason: "GOAWAY_UNPROCESSED", processed: "no" });
  expect(server.executed).toHaveLength(1);
});

it("streams at or below the last id finish on the old connection", async () => {
  const story = new ChannelWorld();
  const slow: ScriptedRequest[] = [];
  const leave = (connection: ScriptedConnection): void => {
    connection.goaway(9); // stream 9 is the fifth
    story.world.at(story.nowMs + 500, () => slow.forEach(serve));
  };
  const server = story.script("shop", {
    onRequest: (request) => {
      const { connection, streamId } = request;
      if (connection.number > 1) return serve(request);
      if (streamId <= 9) slow.push(request);
      if (connection.requests.size === requests) leave(connection);
    },
  });
  const client = story.http2Client("shop");
  expect(await story.settled(ten(client))).toEqual(answered);
  const [first, second] = server.connections;
  expect([...(second?.requests.values() ?? [])].map(({ headers }) => headers[":path"])).toEqual(paths.slice(5));
  expect(slow).toHaveLength(5);
  // Its last stream is done: the client leaves the old connection by itself.
  await story.until(() => first?.closed === true, 5_000);
  expect(first?.goaways).toBe(1);
});

it("a server that leaves again and again is given up after five, and says so", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", { onRequest: ({ connection }) => connection.goaway(0) });
  const client = story.http2Client("shop");
  const error = await story.errorOf(client.request());
  expect(error).toMatchObject({ code: 14, reason: "GOAWAY_UNPROCESSED", processed: "no" });
  expect(error.attempts.map(({ processed, reason }) => `${processed} ${reason}`)).toEqual(
    Array<string>(6).fill("no GOAWAY_UNPROCESSED"),
  );
  expect(server.executed).toHaveLength(6);
});
