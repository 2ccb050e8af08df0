/** The header section of a call, PROTOCOL-HTTP2 "Requests". */

import type { HeaderList } from "@holdfast/grpc/http2";
import { formatTimeout } from "@holdfast/grpc/rpc";
import { type CallOptions, defaultCallMs } from "./wire-call.ts";
import type { WireOptions } from "./wire-options.ts";

export function requestHead(
  wire: WireOptions,
  { path, headers = [], limitMs = defaultCallMs }: CallOptions,
): HeaderList {
  const { host, port, tls, authority = authorityOf(host, port) } = wire;
  const scheme = tls === undefined ? "http" : "https";
  return [
    ...[":method", "POST", ":scheme", scheme, ":path", path, ":authority", authority],
    ...["te", "trailers", "content-type", "application/grpc", "user-agent", "holdfast-diagnose"],
    ...(limitMs === Infinity ? [] : ["grpc-timeout", formatTimeout(limitMs)]),
    ...headers.flat(),
  ];
}

/** `host:port`, an IPv6 address in brackets, RFC 3986 §3.2.2. */
export function authorityOf(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
