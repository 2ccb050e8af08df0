import { type Compression, frameCompressed } from "../rpc/compression.ts";
import { frameMessage } from "../rpc/message.ts";
import { status } from "../rpc/status.ts";
import { StatusError } from "../report/status-error.ts";
import { Call } from "./call.ts";
import { type CallOptions, codingFor } from "./call-options.ts";
import type { Exchange, ExchangeHome, ExchangeOptions } from "./exchange.ts";
import { ManyMessages, OneMessage } from "./message-sinks.ts";
import { MessageQueue } from "./message-queue.ts";
import { RequestBody } from "./request-body.ts";
import { iteratorOf, pump } from "./request-pump.ts";
import type { HeaderList } from "../http2/header-list.ts";

/** What a channel knows about a method before a call is made. */
export interface CallTemplate {
  readonly home: ExchangeHome;
  /** `/pkg.Service/Method` */
  readonly path: string;
  /** The stable part of the request's header section. */
  readonly prefix: HeaderList;
  readonly maxReceiveMessageBytes: number;
  readonly maxSendMessageBytes: number;
  /** The channel's. */
  readonly compression: Compression | undefined;
  encode(message: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
  /** Deadline, policy and so on for a call that begins now. Throws a `TypeError` for options that make no sense. */
  plan(options: CallOptions): ExchangeOptions;
  /** Counts the call in; throws when the channel is closed. */
  begin(exchange: Exchange, how: ExchangeOptions): void;
}

export function unary(template: CallTemplate, message: unknown, options: CallOptions = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const body = RequestBody.whole(framed(template, message, options));
    start(template, body, new OneMessage(template.decode, resolve, reject), options);
  });
}

export function serverStreaming(
  template: CallTemplate,
  message: unknown,
  options: CallOptions = {},
): AsyncIterableIterator<unknown> {
  let chunks: readonly Uint8Array[];
  try {
    chunks = framed(template, message, options);
  } catch (error) {
    return alreadyFailed(error);
  }
  return many(template, RequestBody.whole(chunks), options).queue;
}

/** Whatever is wrong with a message is told where the call's other errors are told. */
function alreadyFailed(error: unknown): AsyncIterableIterator<unknown> {
  const queue = new MessageQueue<unknown>();
  queue.end(error);
  return queue;
}

export function clientStreaming(
  template: CallTemplate,
  messages: AsyncIterable<unknown>,
  options: CallOptions = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const iterator = iteratorOf(template.path, messages);
    const body = RequestBody.streaming();
    const call = start(template, body, new OneMessage(template.decode, resolve, reject), options);
    pump(template.home.host, iterator, (message) => framed(template, message, options), body, call.exchange);
  });
}

export function bidiStreaming(
  template: CallTemplate,
  messages: AsyncIterable<unknown>,
  options: CallOptions = {},
): AsyncIterableIterator<unknown> {
  const iterator = iteratorOf(template.path, messages);
  const body = RequestBody.streaming();
  const { queue, call } = many(template, body, options);
  pump(template.home.host, iterator, (message) => framed(template, message, options), body, call.exchange);
  return queue;
}

function many(template: CallTemplate, body: RequestBody, options: CallOptions) {
  const { host } = template.home;
  const sink = new ManyMessages(template.decode, (task) => host.defer(task));
  const call = start(template, body, sink, options);
  sink.queue.owner = call;
  return { queue: sink.queue, call };
}

function start(template: CallTemplate, body: RequestBody, sink: OneMessage | ManyMessages, options: CallOptions): Call {
  const how = template.plan(options);
  const call = new Call(template, body, sink, options, how);
  template.begin(call.exchange, how);
  call.exchange.start();
  return call;
}

function framed(template: CallTemplate, message: unknown, options: CallOptions): readonly Uint8Array[] {
  const bytes = encodeWithin(template, message);
  const coding = codingFor(template.compression, options);
  return coding === undefined ? frameMessage(bytes) : frameCompressed(template.home.host, coding, bytes);
}

function encodeWithin(template: CallTemplate, message: unknown): Uint8Array {
  const bytes = template.encode(message);
  if (bytes.length <= template.maxSendMessageBytes) return bytes;
  throw new StatusError(
    status.RESOURCE_EXHAUSTED,
    `message of ${bytes.length} bytes is over the limit of ${template.maxSendMessageBytes} for ${template.path}`,
    {
      reason: "MESSAGE_TOO_LARGE",
      evidence: [{ kind: "never-sent" }],
    },
  );
}
