/**
 * Every command from inside every event: events come from the middle of parsing and of framing, where a list is walked or
 * a stream is half moved. Nothing may throw but the TypeErrors that are documented, no stream may hear anything after its
 * end or end twice, and all must settle. The recorder and the referee of the pair look after these.
 */
import { describe, expect, it } from "vitest";
import type { Http2Connection } from "../../src/http2/connection.ts";
import type { Http2Stream } from "../../src/http2/stream.ts";
import { goaway } from "./frames.ts";
import { JoinedPair } from "./joined-pair.ts";
import type { EventName, Recorder } from "./recorder.ts";
import { request, response, ScriptedPeer } from "./scripted-peer.ts";

interface Scene {
  readonly connection: Http2Connection;
  readonly recorder: Recorder;
  /** That of the event, or the oldest one for events of the connection. */
  readonly stream: Http2Stream | undefined;
  readonly nowMs: number;
}

/** What a command does where it makes sense; on no stream, nothing. */
const commands: Record<string, (scene: Scene) => void> = {
  open: ({ recorder }) => void recorder.open(request, true),
  "open and send": ({ connection, recorder }) => {
    const stream = recorder.open(request);
    if (stream !== undefined) connection.sendData(stream, new Uint8Array(100), true);
  },
  "open and reset": ({ connection, recorder }) => {
    const stream = recorder.open(request);
    if (stream !== undefined) connection.reset(stream, 8);
  },
  "send headers": ({ connection, stream }) => stream && connection.sendHeaders(stream, response, false),
  "send the whole answer": ({ connection, stream }) => stream && connection.sendHeaders(stream, response, true),
  "send data": ({ connection, stream }) => void (stream && connection.sendData(stream, new Uint8Array(70_000), false)),
  "send the last data": ({ connection, stream }) =>
    void (stream && connection.sendData(stream, new Uint8Array(9), true)),
  "end the body": ({ connection, stream }) => void (stream && connection.sendData(stream, new Uint8Array(0), true)),
  "send trailers": ({ connection, stream }) => stream && connection.sendTrailers(stream, ["grpc-status", "0"]),
  "reset this": ({ connection, stream }) => stream && connection.reset(stream, 8),
  "reset all": ({ connection, recorder }) => {
    for (const { stream } of recorder.logs) if (stream !== undefined) connection.reset(stream, 8);
  },
  credit: ({ connection, stream }) => stream && connection.credit(stream, 1),
  free: ({ connection, stream }) => stream && connection.free(stream, 1_000_000),
  ping: ({ connection, nowMs }) => void connection.ping(nowMs),
  drain: ({ connection, nowMs }) => connection.drain(nowMs),
  leave: ({ connection, nowMs }) => connection.leave(nowMs),
  end: ({ connection, nowMs }) => connection.end(nowMs),
};

const events: readonly EventName[] = [
  ...(["onReady", "onSettings", "onStream", "onGoaway", "onDrained", "onFailed", "onPong", "onOutput"] as const),
  ...(["onHeaders", "onInformational", "onData", "onTrailers", "onDrain", "onClosed"] as const),
];

/** Plays a conversation in which every event happens, with a hand inside one kind of event at one end. */
function play(
  side: "client" | "server",
  event: EventName,
  act: (scene: Scene) => void,
): { happened: number; pair: JoinedPair } {
  const pair = new JoinedPair({ seed: 11, latencyMs: 2, pieceBytes: 6_000 });
  const recorder = side === "client" ? pair.clientHears : pair.serverHears;
  let happened = 0;
  let inside = false;
  recorder.inside = (name, stream) => {
    // Once deep: a command may cause the very event that it stands in.
    if (name !== event || inside || happened === 50) return;
    happened++;
    inside = true;
    mayRefuse(() => {
      const connection = recorder.connection;
      const target = stream ?? recorder.logs[0]?.stream;
      if (connection !== undefined) act({ connection, recorder, stream: target, nowMs: pair.nowMs });
    });
    inside = false;
  };
  const { client, server, clientHears, serverHears } = pair;
  const answer = (stream: Http2Stream): void => {
    mayRefuse(() => server.sendHeaders(stream, response, false));
    mayRefuse(() => server.sendData(stream, new Uint8Array(100_000), false));
    mayRefuse(() => server.sendTrailers(stream, ["grpc-status", "0"]));
  };
  const ask = (): void => {
    const stream = clientHears.open(request);
    if (stream === undefined) return;
    mayRefuse(() => client.sendData(stream, new Uint8Array(100_000), false));
    mayRefuse(() => client.sendTrailers(stream, ["checksum", "1"]));
  };
  pair.settle();
  ask();
  ask();
  pair.settle(3);
  ask();
  pair.settle();
  for (const { stream } of [...serverHears.logs]) if (stream !== undefined) answer(stream);
  pair.settle(3);
  client.ping(pair.nowMs);
  server.ping(pair.nowMs);
  ask();
  pair.settle();
  for (const { stream } of [...serverHears.logs]) if (stream !== undefined) answer(stream);
  client.drain(pair.nowMs);
  pair.settle();
  server.drain(pair.nowMs);
  pair.settle();
  pair.say(side === "client" ? "server" : "client", breach);
  pair.settle();
  client.end(pair.nowMs);
  server.end(pair.nowMs);
  return { happened, pair };
}

/** PING on a stream, RFC 9113 §6.7. */
const breach = Uint8Array.of(0, 0, 8, 6, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);

function mayRefuse(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TypeError) || !/of this stream (was|goes)/.test(error.message)) throw error;
  }
}

describe.each(["client", "server"] as const)("at a %s, inside", (side) => {
  const never = side === "client" ? ["onStream"] : ["onInformational"];
  const impossible = [...never, "onSettings", "onInformational"];

  describe.each(events.filter((event) => !impossible.includes(event)))("%s", (event) => {
    it("something can be done at all: the event happens", () => {
      expect(play(side, event, () => undefined).happened).toBeGreaterThan(0);
    });

    it.each(Object.entries(commands))("%s", (_, act) => {
      const { pair } = play(side, event, act);
      for (const { lines, logs } of [pair.clientHears, pair.serverHears]) {
        expect(logs.filter(({ closed }) => closed === undefined)).toEqual([]);
        expect(lines.filter((line) => line === "drained").length).toBeLessThan(2);
      }
      expect([pair.client.openStreams, pair.server.openStreams]).toEqual([0, 0]);
    });
  });
});

describe("streams that end together end once each, though the first to hear it resets the others", () => {
  const ends: Record<string, (peer: ScriptedPeer) => void> = {
    "by GOAWAY": (peer) => peer.send(goaway(0)),
    "by a breach": (peer) => peer.send(breach),
    "by the transport's end": (peer) => peer.connection.end(0),
  };

  it.each(Object.entries(ends))("%s", (_, end) => {
    const peer = ScriptedPeer.ready("client");
    for (let i = 0; i < 3; i++) peer.open(request, true);
    peer.sent();
    peer.recorder.inside = (event) => {
      if (event === "onClosed") for (const id of [1, 3, 5]) peer.connection.reset(peer.stream(id), 8);
    };
    end(peer);
    expect(peer.heard().filter((line) => line.includes("closed"))).toHaveLength(3);
  });
});
