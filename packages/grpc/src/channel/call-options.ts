import type { Coding, Compression } from "../rpc/compression.ts";
import type { Metadata, MetadataInit } from "../rpc/metadata.ts";

/** What a caller may say about one call. */
export interface CallOptions {
  /** Sent with the request; names that end in `-bin` take bytes. */
  readonly metadata?: MetadataInit;
  /**
   * From now to the end of the call, over all attempts, ms; sent to the server as `grpc-timeout`. Default: the service
   * config's `timeout`, else none: the call may wait for ever.
   */
  readonly timeoutMs?: number;
  /** Ends the call with CANCELLED; the server's handler hears of it. */
  readonly signal?: AbortSignal;
  /**
   * Wait for a connection as long as the deadline allows instead of failing when none can be made (gRPC's
   * wait-for-ready). Default: the service config's, else false.
   */
  readonly waitForReady?: boolean;
  /** How this call's messages are compressed. Default: the channel's. A server that cannot read it says UNIMPLEMENTED. */
  readonly compression?: Compression;
  /** The response's metadata, as soon as they are there. */
  readonly onHeaders?: (headers: Metadata) => void;
  /** The trailers, whatever the status. */
  readonly onTrailers?: (trailers: Metadata) => void;
}

/** How a call's messages are packed, on a channel with this default. Options that are none are told of where they are planned. */
export function codingFor(channels: Compression | undefined, options: CallOptions | null): Coding | undefined {
  const asked = options?.compression ?? channels;
  return asked === "identity" ? undefined : asked;
}
