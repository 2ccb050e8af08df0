/**
 * Who speaks HTTP/2 how: what implementations say first, as seen on the wire of the versions named here (hyper's from its
 * source). SETTINGS by their order and the values that are nobody's choice. One table; it proves nothing, it betrays.
 */

import type { WatchedSetting } from "@holdfast/grpc/watch";

/** What an implementation is used for. */
export type SpeakerRole =
  | "server"
  | "proxy"
  /** Both are built with it. */
  | "either";

export interface Speaker {
  readonly name: string;
  readonly role: SpeakerRole;
  /** How sure this look makes one, 0 to 1. */
  readonly weight: number;
  /** What was seen, for people. */
  readonly because: string;
}

/** The first frames of a peer. */
export interface Greeting {
  readonly settings: readonly WatchedSetting[];
  /** Payloads of the peer's own PINGs, as hex. */
  readonly pings: readonly string[];
}

interface Row {
  readonly name: string;
  readonly role: SpeakerRole;
  readonly weight: number;
  /** SETTINGS in their order; `*` is a choice of the operator, a name with `?` may be absent. */
  readonly settings: string;
}

const streams = "MAX_CONCURRENT_STREAMS";
const window = "INITIAL_WINDOW_SIZE";
const frame = "MAX_FRAME_SIZE";
const list = "MAX_HEADER_LIST_SIZE";
const table = "HEADER_TABLE_SIZE";

const rows: readonly Row[] = [
  // nginx 1.22.1
  { name: "nginx", role: "proxy", weight: 0.85, settings: `${streams}=* ${window}=65536 ${frame}=16777215` },
  // HAProxy 2.6.12
  {
    name: "HAProxy",
    role: "proxy",
    weight: 0.8,
    settings: `ENABLE_CONNECT_PROTOCOL=1 ${window}?=* ${streams}=* ${frame}?=*`,
  },
  // grpc-go 1.85.0
  { name: "grpc-go", role: "server", weight: 0.85, settings: `${frame}=16384 ${streams}?=* ${window}?=* ${list}?=*` },
  // grpcio 1.51.1 and 1.84.0
  {
    name: "C-core",
    role: "server",
    weight: 0.95,
    settings: `${streams}?=* ${window}=* ${frame}=* ${list}=* GRPC_ALLOW_TRUE_BINARY_METADATA=1`,
  },
  // grpc-java 1.85.1 on Netty
  { name: "grpc-java", role: "server", weight: 0.8, settings: `${streams}=* ${window}=1048576 ${list}=*` },
  { name: "Holdfast", role: "server", weight: 0.8, settings: `${streams}=* ${window}=262144 ${list}=65536` },
  // Go's net/http 1.26 and x/net 0.60: connect-go, and proxies as Caddy and Traefik
  {
    name: "Go net/http",
    role: "either",
    weight: 0.8,
    settings: `${frame}=* ${streams}=* ${list}=* ${table}=4096 ${window}=* NO_RFC7540_PRIORITIES?=*`,
  },
  // hyper 1.12.0 with h2 0.4.20, from their sources: tonic, and Linkerd's proxy
  { name: "hyper", role: "either", weight: 0.7, settings: `${streams}?=* ${window}=* ${frame}=16384 ${list}=*` },
  // Node 20 to 24: grpc-js, connect-node
  { name: "Node", role: "server", weight: 0.7, settings: "" },
  { name: "Node", role: "server", weight: 0.3, settings: `${streams}=*` },
];

/** Payloads of PINGs that measure bandwidth or drains, RFC 9113 §6.7: constants of the sources. */
const pingRows: readonly { readonly name: string; readonly role: SpeakerRole; readonly hex: string }[] = [
  { name: "grpc-go", role: "server", hex: "02041010090e0707" },
  { name: "grpc-java", role: "server", hex: "00000000000004d2" },
  { name: "hyper", role: "either", hex: "0b7ba2f08b9bfe54" },
  { name: "hyper", role: "either", hex: "3b7cdb7a0b8716b4" },
];

/** Those whose way of speaking it is, surest first. */
export function speakersOf({ settings, pings }: Greeting): Speaker[] {
  const bySettings = rows
    .filter((row) => fits(row, settings))
    .map(({ name, role, weight }) => ({
      name,
      role,
      weight,
      because: `its SETTINGS (${settingsText(settings)}) are ${name}'s in values and order`,
    }));
  const byPings = pingRows
    .filter(({ hex }) => pings.includes(hex))
    .map(({ name, role, hex }) => ({
      name,
      role,
      weight: 0.9,
      because: `its own PING carries ${name}'s payload ${hex}`,
    }));
  return [...byPings, ...bySettings].sort((a, b) => b.weight - a.weight);
}

function fits({ settings }: Row, seen: readonly WatchedSetting[]): boolean {
  let at = 0;
  for (const part of settings.split(" ").filter((word) => word !== "")) {
    const [, name, maybe, value] = /^(\w+)(\??)=(.+)$/.exec(part) ?? [];
    const [seenName, seenValue] = seen[at] ?? [];
    if (seenName === name && (value === "*" || value === String(seenValue))) at++;
    else if (maybe === "") return false;
  }
  return at === seen.length;
}

/** `MAX_CONCURRENT_STREAMS=128 INITIAL_WINDOW_SIZE=65536` */
export function settingsText(settings: readonly WatchedSetting[]): string {
  return settings.length === 0 ? "none" : settings.map(([name, value]) => `${name}=${value}`).join(" ");
}

/** Response headers that name who wrote them. */
const headerRows: readonly {
  readonly header: string;
  readonly starts: string;
  readonly name: string;
  readonly role: SpeakerRole;
}[] = [
  { header: "server", starts: "nginx", name: "nginx", role: "proxy" },
  { header: "server", starts: "openresty", name: "nginx", role: "proxy" },
  { header: "server", starts: "envoy", name: "Envoy", role: "proxy" },
  { header: "server", starts: "istio-envoy", name: "Envoy", role: "proxy" },
  { header: "server", starts: "awselb", name: "AWS ALB", role: "proxy" },
  { header: "server", starts: "cloudflare", name: "Cloudflare", role: "proxy" },
  { header: "server", starts: "caddy", name: "Caddy", role: "proxy" },
  { header: "server", starts: "haproxy", name: "HAProxy", role: "proxy" },
  { header: "server", starts: "kestrel", name: "Kestrel", role: "server" },
  { header: "x-envoy-upstream-service-time", starts: "", name: "Envoy", role: "proxy" },
  { header: "x-envoy-decorator-operation", starts: "", name: "Envoy", role: "proxy" },
  { header: "l5d-proxy-error", starts: "", name: "Linkerd", role: "proxy" },
  { header: "cf-ray", starts: "", name: "Cloudflare", role: "proxy" },
  { header: "via", starts: "", name: "a proxy", role: "proxy" },
];

/** Who names itself in an answer's headers: name, value, name, value. */
export function namedSpeakers(headers: readonly string[], shown: (text: string) => string): Speaker[] {
  const found: Speaker[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const header = (headers[at] ?? "").toLowerCase();
    const value = headers[at + 1] ?? "";
    for (const row of headerRows) {
      if (row.header !== header || !value.toLowerCase().startsWith(row.starts)) continue;
      found.push({
        name: row.name,
        role: row.role,
        weight: 0.9,
        because: `an answer carries ${header}: ${shown(value)}`,
      });
      break;
    }
  }
  return found;
}
