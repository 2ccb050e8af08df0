/**
 * The gRPC client: channels, calls, and what keeps them alive. Takes a `Host`; the package root binds the real one.
 */
export type { CallOptions } from "./call-options.ts";
export { type Channel, type ChannelOptions, type ChannelTls, createChannel } from "./channel.ts";
export type { Client } from "./client.ts";
export {
  createHttp2Client,
  type Http2Client,
  type Http2ClientOptions,
  type Http2Request,
  type Http2Response,
} from "./http2-client.ts";
export type { KeepaliveOptions } from "./keepalive-policy.ts";
export { retry } from "./retry.ts";
export { parseServiceConfig, type ServiceConfig } from "./service-config.ts";
