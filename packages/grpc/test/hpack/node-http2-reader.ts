/**
 * Node's own HTTP/2 (nghttp2) as a reader of stories: it is the other end of a pipe in memory, a server for stories of
 * requests and a client for stories of responses, and tells of each block what its users would see. No sockets. Owns how
 * blocks become frames; a list without pseudo-headers goes out as the trailers of the stream before.
 */
import http2, { type Http2Session, type Http2Stream } from "node:http2";
import { Duplex } from "node:stream";
import type { HeaderList } from "../../src/http2/header-list.ts";
import { FrameReader, type ReadFrame } from "../http2/frame-reader.ts";
import { clientPreface, continuation, flag, frameType, headers, ping, settings, settingsAck } from "../http2/frames.ts";
import { type Case, kindOf, mixed, type Story } from "./story.ts";

// RFC 9113 §6.5.2: the largest frame before anybody says otherwise, and the setting for streams at a time.
const maxFrameBytes = 16_384;
const maxConcurrentStreams = 3;

/** Far above what the stories need: Node's own guards are not what is tested. */
const unguarded = { maxHeaderListPairs: 10_000, maxSendHeaderBlockLength: 1_000_000, maxSessionMemory: 1_000 };

/** What Node made of each block, the stories told at once in the order of `mixed`; undefined where it told nothing. */
export async function heardByNode(stories: readonly Story[], seed: number): Promise<(HeaderList | undefined)[][]> {
  const connections = await Promise.all(stories.map((story) => NodeEnd.open(story)));
  try {
    for (const { story, at } of mixed(stories, seed)) await connections[story]?.tell(at);
    return await Promise.all(connections.map((connection) => connection.heard()));
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** One connection: Node on one end, frames of our making on the other. */
class NodeEnd {
  readonly #story: Story;
  readonly #pipe: Duplex;
  readonly #frames: FrameReader;
  readonly #lists: (HeaderList | undefined)[];
  /** Which block each stream's headers and trailers were. */
  readonly #placeOf = new Map<string, number>();
  readonly #session: Http2Session;
  #streamId = -1;
  #seen: ReadFrame[] = [];
  #wake: () => void = () => undefined;
  #failure = "no error";

  private constructor(story: Story) {
    this.#story = story;
    this.#lists = story.cases.map(() => undefined);
    const ofResponses = isResponse(story.cases[0]);
    this.#frames = new FrameReader(ofResponses ? "client" : "server");
    this.#pipe = new Duplex({
      read: () => undefined,
      write: (bytes: Uint8Array, _encoding, done) => {
        this.#receive(this.#frames.read(bytes));
        done();
      },
    });
    const announced = { headerTableSize: story.maxTableSize, maxHeaderListSize: 1_000_000 }; // over any list of the stories
    this.#session = ofResponses ? this.#client(announced) : this.#server(announced);
    this.#session.on("error", (error: Error) => (this.#failure = error.message));
    this.#session.on("close", () => this.#wake());
  }

  /** Greets, and for responses has Node open a stream for each. */
  static async open(story: Story): Promise<NodeEnd> {
    const end = new NodeEnd(story);
    if (!isResponse(story.cases[0])) end.#send(clientPreface);
    end.#send(settings([maxConcurrentStreams, 1_000_000]));
    await end.#until((seen) => seen.some(isAnnouncement));
    const streams = isResponse(story.cases[0]) ? story.cases.filter(isResponse).length : 0;
    for (let i = 0; i < streams; i++) end.#listen((end.#session as http2.ClientHttp2Session).request({ ":path": "/" }));
    await end.#until((seen) => seen.filter((frame) => frame.type === frameType.HEADERS).length === streams);
    return end;
  }

  /** Sends a block, and before it has Node announce the table sizes of which the block knows. */
  async tell(at: number): Promise<void> {
    const { block, list, tableSizes } = this.#story.cases[at] as Case;
    for (const headerTableSize of tableSizes) {
      const before = this.#seen.filter(isAnnouncement).length;
      this.#session.settings({ headerTableSize });
      await this.#until((seen) => seen.filter(isAnnouncement).length > before); // By then it is acknowledged, too.
      await turn();
    }
    const trailers = kindOf(list) === "trailers";
    if (!trailers) this.#streamId += 2;
    this.#placeOf.set(`${trailers ? "trailers" : "headers"} ${this.#streamId}`, at);
    const first = block.subarray(0, maxFrameBytes);
    const endHeaders = first.length === block.length;
    this.#send(headers(this.#streamId, first, { endStream: trailers, endHeaders }));
    for (let from = maxFrameBytes; from < block.length; from += maxFrameBytes) {
      const piece = block.subarray(from, from + maxFrameBytes);
      this.#send(continuation(this.#streamId, piece, from + piece.length === block.length));
    }
  }

  /** What Node has told of all blocks, once it has read the last. */
  async heard(): Promise<(HeaderList | undefined)[]> {
    this.#send(ping());
    await this.#until((seen) => seen.some((frame) => frame.type === frameType.PING && isAck(frame)));
    await turn();
    return this.#lists;
  }

  close(): void {
    this.#session.destroy();
    this.#pipe.destroy();
  }

  #server(announced: http2.Settings): Http2Session {
    let session: Http2Session | undefined;
    const server = http2.createServer({ ...unguarded, settings: announced });
    server.on("session", (opened) => (session = opened));
    server.on("stream", (stream: Http2Stream, _headers: unknown, _flags: number, raw: string[]) => {
      this.#listen(stream);
      this.#hear("headers", stream, raw);
    });
    server.emit("connection", this.#pipe);
    if (session === undefined) throw new Error("the server took no session");
    return session;
  }

  #client(announced: http2.Settings): Http2Session {
    return http2.connect("http://peer", { ...unguarded, settings: announced, createConnection: () => this.#pipe });
  }

  #listen(stream: Http2Stream): void {
    stream.on("error", () => undefined); // Streams stay open until the session is destroyed.
    const hear = (kind: "headers" | "trailers") => (_headers: unknown, _flags: number, raw: string[]) => {
      this.#hear(kind, stream, raw);
    };
    stream.on("response", hear("headers"));
    stream.on("trailers", hear("trailers"));
    stream.resume();
  }

  #hear(kind: "headers" | "trailers", stream: Http2Stream, raw: readonly string[]): void {
    const at = this.#placeOf.get(`${kind} ${stream.id}`);
    if (at !== undefined) this.#lists[at] = [...raw];
  }

  #send(bytes: Uint8Array): void {
    this.#pipe.push(bytes);
  }

  #receive(frames: readonly ReadFrame[]): void {
    for (const frame of frames) {
      if (isAnnouncement(frame)) this.#send(settingsAck());
      this.#seen.push(frame);
    }
    this.#wake();
  }

  /** Waits for frames from Node; throws when it ends the connection instead. */
  async #until(enough: (seen: readonly ReadFrame[]) => boolean): Promise<void> {
    while (!enough(this.#seen)) {
      // Behind its GOAWAY Node listens no more, but may keep the session.
      const goaway = this.#seen.find((frame) => frame.type === frameType.GOAWAY);
      if (goaway !== undefined) throw new Error(`${this.#story.name}: Node says GOAWAY, code ${goaway.payload[7]}`);
      if (this.#session.destroyed) throw new Error(`${this.#story.name}: Node ended it with ${this.#failure}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** Node hands events on after what caused them, so what it answered to may not have been told yet. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isResponse(told: Case | undefined): boolean {
  return told !== undefined && kindOf(told.list) === "response";
}

function isAnnouncement(frame: ReadFrame): boolean {
  return frame.type === frameType.SETTINGS && !isAck(frame);
}

function isAck(frame: ReadFrame): boolean {
  return (frame.flags & flag.ACK) !== 0;
}
