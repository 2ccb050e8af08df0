/** What a wire starts with, before anything was met. */

import type { TlsSession } from "@holdfast/grpc/host";
import type { WireMet } from "./wire-end.ts";

export function emptyMet(startedAtMs: number): WireMet {
  return {
    startedAtMs,
    lookup: undefined,
    attempts: [],
    tls: undefined,
    settings: undefined,
    firstBytes: new Uint8Array(0),
    firstBytesAtMs: undefined,
    lastReceivedAtMs: undefined,
  };
}

/** A simulated host shows no more of TLS than this. */
export function toldByHost({ version, alpn }: TlsSession): WireMet["tls"] {
  return { version, cipher: "unknown", ...(alpn === undefined ? {} : { alpn }), chain: [], tookMs: 0 };
}
