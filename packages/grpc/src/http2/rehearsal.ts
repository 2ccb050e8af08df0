import { zeroed } from "./bytes.ts";
import { type ConnectionSink, Http2Connection } from "./connection.ts";
import type { HeaderList } from "./header-list.ts";
import type { Http2Stream, StreamEvents } from "./stream.ts";

/**
 * Lets V8 see how a connection begins, before it compiles what it has seen.
 *
 * V8 takes notes of a function only from some call on, and compiles what it has no notes of as "never happens". What a
 * connection does once (preface, first SETTINGS, first header blocks, filling the tables and memories of HPACK) is over by
 * then. So the second connection of a process, which may well be the one after a GOAWAY, made it throw away and compile
 * anew nearly all of this folder: 2 to 3 µs for each of the next 20,000 calls (bench rows `unary-server` and
 * `unary-server-bytes`). Here two connections that speak to each other begin a few times over, in memory and in about a
 * millisecond. To be called once in a process, after some tens of calls: when notes are taken, and before much is compiled.
 */
export function rehearse(): void {
  for (let i = 0; i < connections; i++) {
    const answerer = new Answerer();
    const server = (answerer.connection = new Http2Connection({ role: "server", nowMs: 0, sink: answerer }));
    const client = new Http2Connection({ role: "client", nowMs: 0, sink: deaf });
    carry(client, server);
    carry(server, client);
    for (let call = 0; call < calls; call++) {
      // The last entry is new with each call, as a deadline is.
      const stream = client.open([...request, "x-call", String(call)], false, deaf);
      if (stream !== undefined) client.sendData(stream, message, true);
      carry(client, server);
      carry(server, client);
    }
    client.end(0);
    server.end(0);
  }
}

const connections = 3;
/** Enough for every memory to be filled, and used. */
const calls = 6;
const request: HeaderList = [
  ...[":method", "POST", ":scheme", "http", ":path", "/r.R/R", ":authority", "r"],
  ...["content-type", "application/grpc", "te", "trailers", "user-agent", "r"],
];
const message = zeroed(8);

function carry(from: Http2Connection, to: Http2Connection): void {
  const chunks: Uint8Array[] = [];
  const bytes = from.take(65_536, chunks, 0); // far more than there ever is
  for (const chunk of chunks) to.receive(chunk, 0);
  from.wrote(bytes, 0);
}

const nothing = (): void => undefined;

/** Of the client all that counts is what it makes the server do, and what it reads. */
const deaf: ConnectionSink & StreamEvents = {
  onReady: nothing,
  onSettings: nothing,
  onStream: () => deaf,
  onGoaway: nothing,
  onDrained: nothing,
  onFailed: nothing,
  onPong: nothing,
  onOutput: nothing,
  onHeaders: nothing,
  onData: nothing,
  onTrailers: nothing,
  onDrain: nothing,
  onClosed: nothing,
};

class Answerer implements ConnectionSink {
  connection: Http2Connection | undefined = undefined;

  onStream(stream: Http2Stream): StreamEvents {
    const { connection } = this;
    const onData = (bytes: Uint8Array): void => {
      connection?.free(stream, bytes.length);
      connection?.sendHeaders(stream, [":status", "200", "content-type", "application/grpc"], false);
      connection?.sendData(stream, message, false);
      connection?.sendTrailers(stream, ["grpc-status", "0"]);
    };
    return { ...deaf, onData };
  }

  readonly onReady = nothing;
  readonly onSettings = nothing;
  readonly onGoaway = nothing;
  readonly onDrained = nothing;
  readonly onFailed = nothing;
  readonly onPong = nothing;
  readonly onOutput = nothing;
}
