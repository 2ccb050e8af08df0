/**
 * `@holdfast/grpc`: a gRPC client and server for Node that go on when connections end, and say what ended them. Channel
 * and server are written against a `Host`; here they are bound to the real process.
 */
import { type Channel, type ChannelOptions, createChannel as createChannelOn } from "./channel/channel.ts";
import { retry as retryOn, type RetryTry } from "./channel/retry.ts";
import type { RetryOptions } from "./channel/retry-options.ts";
import {
  createHttp2Client as createHttp2ClientOn,
  type Http2Client,
  type Http2ClientOptions,
} from "./channel/http2-client.ts";
import { nodeHost } from "./host/index.ts";

export type { RetryOptions, RetryTry };
export type {
  CallOptions,
  Channel,
  ChannelOptions,
  ChannelTls,
  Client,
  Http2Client,
  Http2ClientOptions,
  Http2Request,
  Http2Response,
  KeepaliveOptions,
} from "./channel/index.ts";
export {
  StatusError,
  type AttemptRecord,
  type Evidence,
  type Processed,
  type Reason,
  type TerminationReport,
} from "./report/index.ts";
export {
  createServer,
  type CallContext,
  type DrainOptions,
  type DrainResult,
  type Handlers,
  ListenError,
  type Listening,
  type ListenOptions,
  type Server,
  type ServerOptions,
} from "./server/index.ts";
export {
  type ChannelInspection,
  type ConnectionInspection,
  type InspectOptions,
  inspectTable,
  type ServerInspection,
} from "./watch/index.ts";
export { Metadata, type MetadataInit, status, statusName, type StatusCode, type StatusName } from "./rpc/index.ts";

/** See `createChannel` of `@holdfast/grpc/channel`. */
export function createChannel(target: string, options?: ChannelOptions): Channel {
  return createChannelOn(nodeHost(), target, options);
}

/** See `createHttp2Client` of `@holdfast/grpc/channel`. */
export function createHttp2Client(origin: string, options?: Http2ClientOptions): Http2Client {
  return createHttp2ClientOn(nodeHost(), origin, options);
}

/** See `retry` of `@holdfast/grpc/channel`. */
export function retry<T>(work: (attempt: RetryTry) => Promise<T> | T, options: RetryOptions): Promise<T> {
  return retryOn(nodeHost(), work, options);
}
