/**
 * Owns the listening end of a connection in tests: every event becomes a line, bodies are used up at once unless told
 * otherwise, and a test may put its hand inside any event. Checks on the way what holds for every stream: nothing is
 * heard after `onClosed`.
 */
import type { ConnectionSink, FailureReason, Http2Connection, PeerGoaway } from "../../src/http2/connection.ts";
import type { HeaderList } from "../../src/http2/header-list.ts";
import type { Http2Stream, StreamEnd, StreamEvents } from "../../src/http2/stream.ts";
import type { Violation } from "../../src/http2/violation.ts";

export type EventName = keyof ConnectionSink | keyof StreamEvents;

/** What one stream heard. */
export interface StreamLog {
  stream: Http2Stream | undefined;
  bodyBytes: number;
  closed: StreamEnd | undefined;
}

export class Recorder implements ConnectionSink {
  connection: Http2Connection | undefined = undefined;
  readonly lines: string[] = [];
  /** Every stream there was, in the order of opening. */
  readonly logs: StreamLog[] = [];
  failure: { readonly reason: FailureReason; readonly violation: Violation } | undefined = undefined;
  /** False: `onData` leaves `credit` and `free` to the test. */
  usesData = true;
  /** Called inside every event, behind the recorder's own work. */
  inside: (event: EventName, stream: Http2Stream | undefined) => void = () => undefined;

  /** The stream with this id. Throws where there was none. */
  stream(id: number): Http2Stream {
    const found = this.logs.find(({ stream }) => stream?.id === id)?.stream;
    if (found === undefined) throw new Error(`no stream ${id}`);
    return found;
  }

  /** The lines since the last call. */
  heard(): string[] {
    return this.lines.splice(0);
  }

  /** Opens a stream that tells this recorder; undefined where the connection opens none. */
  open(list: HeaderList, endStream = false): Http2Stream | undefined {
    const log: StreamLog = { stream: undefined, bodyBytes: 0, closed: undefined };
    const stream = this.connection?.open(list, endStream, this.#events(log));
    if (stream === undefined) return undefined;
    log.stream = stream;
    this.logs.push(log);
    return stream;
  }

  onReady(): void {
    this.#note("onReady", undefined, "ready");
  }

  onSettings(): void {
    this.#note("onSettings", undefined, "settings");
  }

  onStream(stream: Http2Stream): StreamEvents {
    const log: StreamLog = { stream, bodyBytes: 0, closed: undefined };
    this.logs.push(log);
    this.inside("onStream", stream);
    return this.#events(log);
  }

  onGoaway({ lastStreamId, code, debugData }: PeerGoaway): void {
    this.#note("onGoaway", undefined, `goaway ${lastStreamId} ${code} ${debugData}`.trimEnd());
  }

  onDrained(): void {
    this.#note("onDrained", undefined, "drained");
  }

  onFailed(reason: FailureReason, violation: Violation): void {
    if (this.failure !== undefined) throw new Error("onFailed twice");
    this.failure = { reason, violation };
    this.#note("onFailed", undefined, `failed ${reason} ${violation.rule}`);
  }

  onPong(sequence: number): void {
    this.#note("onPong", undefined, `pong ${sequence}`);
  }

  onOutput(): void {
    this.inside("onOutput", undefined);
  }

  #note(event: EventName, stream: Http2Stream | undefined, line: string): void {
    this.lines.push(line);
    this.inside(event, stream);
  }

  #events(log: StreamLog): StreamEvents {
    const note = (event: EventName, line: string): void => {
      if (log.closed !== undefined) throw new Error(`${event} after onClosed on stream ${log.stream?.id}`);
      this.#note(event, log.stream, `${log.stream?.id} ${line}`);
    };
    return {
      onHeaders: (list, end) => note("onHeaders", `headers ${fields(list)}${end ? " END" : ""}`),
      onInformational: (list) => note("onInformational", `informational ${fields(list)}`),
      onData: (bytes, end) => {
        log.bodyBytes += bytes.length;
        note("onData", `data ${bytes.length}${end ? " END" : ""}`);
        if (this.usesData && log.stream !== undefined) {
          this.connection?.credit(log.stream, bytes.length);
          this.connection?.free(log.stream, bytes.length);
        }
      },
      onTrailers: (list) => note("onTrailers", `trailers ${fields(list)}`),
      onDrain: () => note("onDrain", "drain"),
      onClosed: (end) => {
        if (log.closed !== undefined) throw new Error(`onClosed twice on stream ${log.stream?.id}`);
        this.lines.push(`${log.stream?.id} closed ${endInWords(end)}`);
        log.closed = end;
        this.inside("onClosed", log.stream);
      },
    };
  }
}

function fields(list: HeaderList): string {
  const pairs: string[] = [];
  for (let i = 0; i < list.length; i += 2) pairs.push(`${list[i]}=${list[i + 1]}`);
  return pairs.join(" ");
}

function endInWords(end: StreamEnd): string {
  switch (end.kind) {
    case "reset-by-peer":
      return `reset-by-peer ${end.code}`;
    case "reset-by-us":
      return `reset-by-us ${end.code}${end.violation === undefined ? "" : ` ${end.violation.rule}`}`;
    case "goaway-above-last-id":
      return `goaway-above-last-id ${end.lastStreamId}`;
    case "complete":
    case "connection":
      return end.kind;
  }
}
