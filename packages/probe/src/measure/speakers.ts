/**
 * Who speaks HTTP/2 how: what implementations say first, as seen on the wire of the versions named here (hyper's from its
 * source). SETTINGS by their order and the values that are nobody's choice. One table; it proves nothing, it betrays.
 */

import type { SettingSeen } from "../wire/frame-content.ts";

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
  readonly settings: readonly SettingSeen[];
  /** What the first WINDOW_UPDATE of the connection added, if there was one right behind the SETTINGS. */
  readonly windowIncrement?: number;
  /** Payloads of the peer's own PINGs, as hex. */
  readonly pings: readonly string[];
}

interface Row {
  readonly name: string;
  readonly role: SpeakerRole;
  readonly weight: number;
  /** Settings in their order: a number is the value it must have; `any` is a choice of the operator; `maybe` may be absent. */
  readonly settings: readonly (readonly [id: number, value: number | "any" | "maybe"])[];
}

// RFC 9113 §6.5.2: 1 header table, 2 push, 3 streams, 4 window, 5 frame, 6 header list. RFC 8441: 8. RFC 9218: 9.
const rows: readonly Row[] = [
  // nginx 1.22.1
  {
    name: "nginx",
    role: "proxy",
    weight: 0.85,
    settings: [
      [3, "any"],
      [4, 65_536],
      [5, 16_777_215],
    ],
  },
  // HAProxy 2.6.12
  {
    name: "HAProxy",
    role: "proxy",
    weight: 0.8,
    settings: [
      [8, 1],
      [4, "maybe"],
      [3, "any"],
      [5, "maybe"],
    ],
  },
  // grpc-go 1.85.0
  {
    name: "grpc-go",
    role: "server",
    weight: 0.85,
    settings: [
      [5, 16_384],
      [3, "maybe"],
      [4, "maybe"],
      [6, "maybe"],
    ],
  },
  // grpcio 1.51.1 and 1.84.0; 65027 is C-core's own, for true binary metadata
  {
    name: "C-core",
    role: "server",
    weight: 0.95,
    settings: [
      [3, "maybe"],
      [4, "any"],
      [5, "any"],
      [6, "any"],
      [65_027, 1],
    ],
  },
  // grpc-java 1.85.1 on Netty
  {
    name: "grpc-java",
    role: "server",
    weight: 0.8,
    settings: [
      [3, "any"],
      [4, 1_048_576],
      [6, "any"],
    ],
  },
  {
    name: "Holdfast",
    role: "server",
    weight: 0.8,
    settings: [
      [3, "any"],
      [4, 262_144],
      [6, 65_536],
    ],
  },
  // Go's net/http 1.26 and x/net 0.60: connect-go, and proxies as Caddy and Traefik
  {
    name: "Go net/http",
    role: "either",
    weight: 0.8,
    settings: [
      [5, "any"],
      [3, "any"],
      [6, "any"],
      [1, 4_096],
      [4, "any"],
      [9, "maybe"],
    ],
  },
  // hyper 1.12.0 with h2 0.4.20, from their sources: tonic, and Linkerd's proxy
  {
    name: "hyper",
    role: "either",
    weight: 0.7,
    settings: [
      [3, "maybe"],
      [4, "any"],
      [5, 16_384],
      [6, "any"],
    ],
  },
  // Node 20 to 24: grpc-js, connect-node
  { name: "Node", role: "server", weight: 0.7, settings: [] },
  { name: "Node", role: "server", weight: 0.3, settings: [[3, "any"]] },
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

function fits({ settings }: Row, seen: readonly SettingSeen[]): boolean {
  let at = 0;
  for (const [id, value] of settings) {
    const found = seen[at];
    const same = found?.id === id && (typeof value !== "number" || found.value === value);
    if (same) at++;
    else if (value !== "maybe") return false;
  }
  return at === seen.length;
}

/** `3=128 4=65536` */
export function settingsText(settings: readonly SettingSeen[]): string {
  return settings.length === 0 ? "none" : settings.map(({ id, value }) => `${id}=${value}`).join(" ");
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
