/** Owns the stories that our client lives through with any server of the echo service: the same ones for every peer. */
import { afterEach, expect, it } from "vitest";
import { type Channel, type ChannelOptions, createChannel, type Metadata, StatusError } from "../../../src/index.ts";
import { echoPath, errorInfo } from "./echo-service.ts";

interface EchoServing {
  readonly port: number;
}

/** A protobuf BytesValue, so that peers with a schema can read it. The text is latin1. */
export function bytesValue(text: string): Uint8Array {
  const { length } = text;
  const head = [0x0a];
  for (let left = length; ; left = left >> 7) {
    head.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Uint8Array.from(head), Buffer.from(text, "latin1")]);
}

const textOf = (message: Uint8Array): string => Buffer.from(message).toString("latin1");

/** Call inside `describe`; `serving` is asked in each story. */
export function ourClientTalksTo(serving: () => EchoServing, options: ChannelOptions = {}): void {
  const open: Channel[] = [];
  const connect = (more: ChannelOptions = {}): Channel => {
    const channel = createChannel(`localhost:${serving().port}`, { ...options, ...more });
    open.push(channel);
    return channel;
  };
  afterEach(async () => {
    for (const channel of open.splice(0)) await channel.close();
  });

  callKinds(connect);
  failures(connect);
}

type Connect = (more?: ChannelOptions) => Channel;

async function* given(messages: readonly Uint8Array[]) {
  for (const message of messages) {
    await Promise.resolve();
    yield message;
  }
}

async function all(messages: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = [];
  for await (const message of messages) texts.push(textOf(message));
  return texts;
}

function callKinds(connect: Connect): void {
  it("unary: 1 MB there and back, metadata with text and bytes", async () => {
    const message = bytesValue("0123456789".repeat(100_000));
    const heard: Metadata[] = [];
    const answer = await connect().unary(echoPath("Unary"), message, {
      metadata: { "x-text": "text", "x-data-bin": Uint8Array.of(0, 1, 255) },
      onHeaders: (headers) => heard.push(headers),
      onTrailers: (trailers) => heard.push(trailers),
    });
    expect(Buffer.compare(answer, message)).toBe(0);
    const [headers, trailers] = heard;
    expect(headers?.get("x-text")).toBe("text");
    expect([...(headers?.get("x-data-bin") ?? [])]).toEqual([0, 1, 255]);
    expect(trailers?.get("x-tail")).toBe("end");
  });

  it("server streaming: 50 messages of 20 KB", async () => {
    const message = bytesValue("x".repeat(20_000));
    const stream = connect().serverStreaming(echoPath("ServerStream"), message, { metadata: { "x-count": "50" } });
    const texts = await all(stream);
    expect(texts).toHaveLength(50);
    expect(texts.every((text) => text === textOf(message))).toBe(true);
  });

  it("client streaming: 1 MB in 51 messages", async () => {
    let received: string | undefined;
    const messages = [...Array<Uint8Array>(50).fill(bytesValue("y".repeat(20_000))), bytesValue("last")];
    const answer = await connect().clientStreaming(echoPath("ClientStream"), given(messages), {
      onTrailers: (trailers) => (received = trailers.get("x-received")),
    });
    expect([textOf(answer), received]).toEqual([textOf(bytesValue("last")), "51"]);
  });

  it("both: what is said comes back, in order", async () => {
    const said = ["a", "b", "c"].map(bytesValue);
    expect(await all(connect().bidiStreaming(echoPath("Bidi"), given(said)))).toEqual(said.map(textOf));
  });

  it("200 calls at once on one connection", async () => {
    const channel = connect();
    const messages = Array.from({ length: 200 }, (_, i) => bytesValue(`call ${i}`));
    const answers = await Promise.all(messages.map((message) => channel.unary(echoPath("Unary"), message)));
    expect(answers.map(textOf)).toEqual(messages.map(textOf));
  });
}

async function errorOf(promise: Promise<unknown>): Promise<StatusError> {
  const error: unknown = await promise.then(
    () => new Error("the call went well"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof StatusError) return error;
  throw error;
}

function failures(connect: Connect): void {
  it("a status with details", async () => {
    const call = connect().unary(echoPath("Unary"), bytesValue("a"), { metadata: { "x-do": "fail" } });
    const error = await errorOf(call);
    expect(error).toMatchObject({ code: 5, reason: "PEER_STATUS", text: "no such item: ü", processed: "maybe" });
    expect(error.details.map(({ typeUrl, value }) => [typeUrl, [...value]])).toEqual([
      [errorInfo.typeUrl, [...errorInfo.value]],
    ]);
  });

  it("a method that does not exist", async () => {
    const error = await errorOf(connect().unary("/holdfast.peers.v1.Nothing/Here", bytesValue("a")));
    // Of HTTP's 404 gRPC makes the same code (http-grpc-status-mapping.md).
    expect(["12 PEER_STATUS", "12 HTTP_STATUS"]).toContain(`${error.code} ${error.reason}`);
  });

  it("a deadline", async () => {
    const options = { metadata: { "x-do": "hang" }, timeoutMs: 200 };
    const error = await errorOf(connect().unary(echoPath("Unary"), bytesValue("a"), options));
    expect(error).toMatchObject({ code: 4, processed: "maybe" });
  });

  it("a cancellation; the connection goes on", async () => {
    const channel = connect();
    const controller = new AbortController();
    const options = { metadata: { "x-do": "hang" }, signal: controller.signal };
    const call = errorOf(channel.unary(echoPath("Unary"), bytesValue("a"), options));
    await channel.unary(echoPath("Unary"), bytesValue("b"));
    controller.abort();
    expect(await call).toMatchObject({ code: 1, reason: "CANCELLED_BY_CALLER" });
    expect(textOf(await channel.unary(echoPath("Unary"), bytesValue("c")))).toBe(textOf(bytesValue("c")));
  });
}
