/** Where a server listens, in the words of its user. */

import type { Address } from "../host/host.ts";

/** `host:port` (port 0 takes a free one), `[v6]:port`, `{ host, port }`; `unix:/path` or `{ path }`: a unix socket. */
export type ListenTarget = string | { readonly path: string } | { readonly host: string; readonly port: number };

/** What cannot be listened on is a `TypeError` that says what was expected. */
export function listenAddress(target: ListenTarget): Address {
  if (typeof target === "string") return fromText(target);
  // Whoever writes JavaScript may give anything.
  const given: unknown = target;
  if (typeof given !== "object" || given === null) throw notAnAddress(target);
  if ("path" in target) return { kind: "unix", path: checkedName(target.path, target) };
  return { kind: "tcp", host: checkedName(target.host, target), port: checkedPort(target.port, target) };
}

function fromText(text: string): Address {
  if (text.startsWith("unix:") && text.length > 5) return { kind: "unix", path: text.slice(5) };
  const [, v6, name, port] = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:[\]/\s]+)):([0-9]{1,5})$/.exec(text) ?? [];
  const host = v6 ?? name;
  if (host === undefined) throw notAnAddress(text);
  return { kind: "tcp", host, port: checkedPort(Number(port), text) };
}

function checkedName(name: unknown, target: ListenTarget): string {
  if (typeof name === "string" && name !== "") return name;
  throw notAnAddress(target);
}

function checkedPort(port: number, target: ListenTarget): number {
  // Ports are 16 bits.
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw notAnAddress(target);
}

function notAnAddress(target: ListenTarget): TypeError {
  return new TypeError(
    `cannot listen on ${JSON.stringify(target)}: expected "host:port", "[v6]:port", { host, port }, "unix:/path" or { path }`,
  );
}
