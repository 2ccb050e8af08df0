/**
 * A server in the world that speaks frames and does as a test tells it: it counts every request that is whole, and may
 * lie. It shares no code with the server under test; only header blocks go through the engine's HPACK decoder.
 */
import { HpackDecoder } from "../../src/http2/hpack/decoder.ts";
import type { SimHost } from "../../src/sim/index.ts";
import type { Socket } from "../../src/host/host.ts";
import { FrameReader, type ReadFrame } from "../http2/frame-reader.ts";
import {
  data,
  flag,
  frameType,
  goaway,
  headers,
  maxUint31,
  octets,
  pingAck,
  rstStream,
  settings,
  settingsAck,
  u32,
  windowUpdate,
} from "../http2/frames.ts";

export const port = 50_051; // gRPC's customary port; nothing else is in these worlds

export interface ScriptedRequest {
  readonly connection: ScriptedConnection;
  readonly streamId: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The payloads of its DATA frames. */
  readonly body: Uint8Array[];
  /** END_STREAM came. */
  whole: boolean;
}

export interface Script {
  /** Pairs for the server's SETTINGS. Default: windows as large as they get. */
  readonly settings?: readonly (readonly [id: number, value: number])[];
  /** A header section came; the body may follow. */
  onHead?(request: ScriptedRequest): void;
  /** The request is whole: what a handler would be given. */
  onRequest?(request: ScriptedRequest): void;
  onReset?(streamId: number, connection: ScriptedConnection): void;
}

export class ScriptedServer {
  readonly connections: ScriptedConnection[] = [];
  /** Every request that came whole, in the order of their ends. */
  readonly executed: ScriptedRequest[] = [];

  constructor(host: SimHost, script: Script) {
    const listener = host.listen(
      { address: { kind: "tcp", host: host.address, port } },
      {
        listening: () => {},
        accepted: (socket) => {
          const connection = new ScriptedConnection(this, script, socket, this.connections.length + 1);
          this.connections.push(connection);
          return {
            data: (bytes) => connection.receive(bytes),
            end: () => socket.end(),
            flushed: () => {},
            closed: () => (connection.closed = true),
          };
        },
        failed: (error) => {
          throw new Error(error.message);
        },
        closed: () => {},
      },
    );
    this.close = () => {
      listener.close();
      for (const { socket } of this.connections) socket.destroy();
      return Promise.resolve();
    };
  }

  readonly close: () => Promise<void>;
}

export class ScriptedConnection {
  /** 1 for the first. */
  readonly number: number;
  readonly socket: Socket;
  readonly requests = new Map<number, ScriptedRequest>();
  /** Streams that the client reset. */
  readonly resets: number[] = [];
  /** The client's GOAWAYs. */
  goaways = 0;
  closed = false;
  readonly #server: ScriptedServer;
  readonly #script: Script;
  readonly #reader = new FrameReader("client");
  readonly #decoder = new HpackDecoder({ maxTableSize: 4_096, maxHeaderListBytes: 1_048_576 });

  constructor(server: ScriptedServer, script: Script, socket: Socket, number: number) {
    this.#server = server;
    this.#script = script;
    this.socket = socket;
    this.number = number;
    this.write(settings(...(script.settings ?? [[4, maxUint31]])), windowUpdate(0, maxUint31 - 65_535)); // RFC 9113 §6.9.2
  }

  write(...frames: readonly Uint8Array[]): void {
    this.socket.write(frames);
  }

  goaway(lastStreamId: number, code = 0, debugData = ""): void {
    this.write(goaway(lastStreamId, code, debugData));
  }

  reset(streamId: number, code: number): void {
    this.write(rstStream(streamId, code));
  }

  /** A plain answer in two frames. */
  answer(streamId: number, text: string): void {
    this.write(headers(streamId, [":status", "200"]), data(streamId, text, { endStream: true }));
  }

  /** A gRPC answer with one message. */
  answerGrpc(streamId: number, text: string, trailers: readonly string[] = []): void {
    this.headers(streamId);
    this.message(streamId, text);
    this.trailers(streamId, 0, trailers);
  }

  headers(streamId: number, more: readonly string[] = []): void {
    this.write(headers(streamId, [":status", "200", "content-type", "application/grpc", ...more]));
  }

  message(streamId: number, text: string): void {
    this.write(data(streamId, octets(0, u32(text.length), text)));
  }

  trailers(streamId: number, code: number, more: readonly string[] = []): void {
    this.write(headers(streamId, ["grpc-status", String(code), ...more], { endStream: true }));
  }

  /** An answer of one frame: gRPC's Trailers-Only. */
  refuse(streamId: number, code: number, more: readonly string[] = []): void {
    const list = [":status", "200", "content-type", "application/grpc", "grpc-status", String(code), ...more];
    this.write(headers(streamId, list, { endStream: true }));
  }

  receive(bytes: Uint8Array): void {
    for (const frame of this.#reader.read(bytes)) this.#heard(frame);
  }

  #heard({ type, flags, streamId, payload }: ReadFrame): void {
    const ends = (flags & flag.END_STREAM) !== 0;
    const acks = (flags & flag.ACK) !== 0;
    if (type === frameType.SETTINGS && !acks) this.write(settingsAck());
    else if (type === frameType.PING && !acks) this.write(pingAck(payload));
    else if (type === frameType.GOAWAY) this.goaways++;
    else if (type === frameType.RST_STREAM) this.#reset(streamId);
    else if (type === frameType.HEADERS) this.#head(streamId, payload, ends);
    else if (type === frameType.DATA) this.#data(streamId, payload, ends);
  }

  #reset(streamId: number): void {
    this.resets.push(streamId);
    this.#script.onReset?.(streamId, this);
  }

  #head(streamId: number, block: Uint8Array, ends: boolean): void {
    const list = this.#decoder.decode(block);
    if (!Array.isArray(list)) throw new Error("undecodable header block");
    const fields: Record<string, string> = {};
    for (let i = 0; i + 1 < list.length; i += 2) fields[String(list[i])] = String(list[i + 1]);
    const request = { connection: this, streamId, headers: fields, body: [], whole: false };
    this.requests.set(streamId, request);
    this.#script.onHead?.(request);
    if (ends) this.#whole(request);
  }

  #data(streamId: number, payload: Uint8Array, ends: boolean): void {
    const request = this.requests.get(streamId);
    if (request === undefined) throw new Error(`DATA on stream ${streamId}, which has no head`);
    request.body.push(payload);
    if (payload.length > 0) this.write(windowUpdate(0, payload.length));
    if (ends) this.#whole(request);
  }

  #whole(request: ScriptedRequest): void {
    request.whole = true;
    this.#server.executed.push(request);
    this.#script.onRequest?.(request);
  }
}
