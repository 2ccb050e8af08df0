import { describe, expect, it } from "vitest";
import { fromLatin1, latin1 } from "./bytes.ts";
import { type ConnectionSink, Http2Connection } from "./connection.ts";
import type { HeaderList } from "./header-list.ts";
import type { Http2Stream, StreamEvents } from "./stream.ts";

/** Both roles joined by memory; every event is written down. */
function pair() {
  const log: string[] = [];
  const streams: Http2Stream[] = [];
  const events = (who: string, connection: () => Http2Connection): StreamEvents => {
    let stream: Http2Stream | undefined;
    void connection;
    return {
      onHeaders: (list, end) => void log.push(`${who} headers ${list.length / 2}${end ? " end" : ""}`),
      onData: (bytes, end) =>
        void log.push(`${who} data ${latin1(bytes, 0, Math.min(5, bytes.length))}/${bytes.length}${end ? " end" : ""}`),
      onTrailers: (list: HeaderList) => void log.push(`${who} trailers ${list.join("=")}`),
      onDrain: () => void log.push(`${who} drain`),
      onClosed: (end) => void log.push(`${who} closed ${end.kind}`, stream),
    };
  };
  const sink = (who: string): ConnectionSink => ({
    onReady: () => void log.push(`${who} ready`),
    onSettings: () => {},
    onStream: (stream) => (streams.push(stream), events(who, () => server)),
    onGoaway: (goaway) => void log.push(`${who} goaway ${goaway.lastStreamId} ${goaway.debugData}`),
    onDrained: () => void log.push(`${who} drained`),
    onFailed: (reason, violation) => void log.push(`${who} failed ${reason} ${violation.rule} ${violation.detail}`),
    onPong: (sequence) => void log.push(`${who} pong ${sequence}`),
    onOutput: () => {},
  });
  const client = new Http2Connection({ role: "client", sink: sink("client"), nowMs: 0 });
  const server: Http2Connection = new Http2Connection({ role: "server", sink: sink("server"), nowMs: 0 });
  const flow = (from: Http2Connection, to: Http2Connection): boolean => {
    const chunks: Uint8Array[] = [];
    const taken = from.take(65_536, chunks, 0);
    for (const chunk of chunks) to.receive(chunk, 0);
    from.wrote(taken, 0);
    return taken > 0;
  };
  return {
    client,
    server,
    streams,
    log,
    events: (who: string) => events(who, () => client),
    settle(): string[] {
      for (let moved = true; moved;) moved = [flow(client, server), flow(server, client)].includes(true);
      return log.splice(0);
    },
  };
}

const request = [":method", "POST", ":scheme", "http", ":path", "/a", ":authority", "x"];

describe("two connections joined", () => {
  it("greet, call and answer", () => {
    const { client, server, streams, settle, events } = pair();
    expect(settle()).toEqual(["server ready", "client ready"]);
    const call = client.open(request, false, events("client")) as Http2Stream;
    client.sendData(call, fromLatin1("hello"), true);
    expect(settle()).toEqual(["server headers 4", "server data hello/5 end"]);
    const answer = streams[0] as Http2Stream;
    server.sendHeaders(answer, [":status", "200"], false);
    server.sendData(answer, fromLatin1("world"), false);
    server.sendTrailers(answer, ["grpc-status", "0"]);
    expect(settle()).toEqual(
      [
        "client headers 1",
        "client data world/5",
        "client trailers grpc-status=0",
        "client closed complete",
        "server closed complete",
      ].sort((a, b) => (a.startsWith("server") ? -1 : 0) - (b.startsWith("server") ? -1 : 0)),
    );
  });

  it("move bodies larger than every window, whole and in order", () => {
    const { client, server, streams, settle, events } = pair();
    settle();
    const body = new Uint8Array(3_000_000).map((_, i) => i % 251);
    let got = 0;
    const call = client.open(request, false, events("client")) as Http2Stream;
    settle();
    const answer = streams[0] as Http2Stream;
    const hear = answer.events as { onData: StreamEvents["onData"] };
    hear.onData = (bytes) => {
      for (const octet of bytes) if (octet !== got++ % 251) throw new Error(`octet ${got} is wrong`);
      server.credit(answer, bytes.length);
      server.free(answer, bytes.length);
    };
    client.sendData(call, body, true);
    settle();
    expect(got).toBe(body.length);
  });

  it("drain in two phases: late arrivals are served, later ones refused without a trace", () => {
    const { client, server, streams, settle, events } = pair();
    settle();
    const first = client.open(request, true, events("first")) as Http2Stream;
    settle();
    server.drain(0);
    const late = client.open(request, true, events("late")) as Http2Stream;
    const log = settle();
    expect(log).toContain("client goaway 2147483647 draining");
    expect(log.filter((line) => line.startsWith("server headers"))).toHaveLength(1);
    expect(client.openable).toBe(0);
    expect([first.id, late.id]).toEqual([1, 3]);
    for (const stream of streams) server.sendHeaders(stream, [":status", "200"], true);
    expect(settle()).toContain("server drained");
  });
});
