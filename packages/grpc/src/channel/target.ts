import type { Address } from "../host/host.ts";

/** Where a channel goes, gRPC's naming.md: a name to look up, or addresses as they stand. */
export type Target =
  | { readonly kind: "dns"; readonly name: string; readonly port: number; readonly authority: string }
  | { readonly kind: "addresses"; readonly addresses: readonly Address[]; readonly authority: string };

/** The port of a target that names none: gRPC's naming.md says 443. */
const defaultPort = 443;

/**
 * Reads a target: `host:port`, `dns:///host:port`, `ipv4:1.2.3.4:80,1.2.3.5:80`, `ipv6:[::1]:80`, `unix:path`,
 * `unix:///absolute/path`. Throws a `TypeError` that says what was expected.
 */
export function parseTarget(text: string): Target {
  if (typeof text !== "string") {
    const address = typeof text === "object" && text !== null && "address" in text ? "; pass its .address" : "";
    throw new TypeError(
      `target: expected text such as "host:port", got ${text === null ? "null" : typeof text}${address}`,
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? "";
  switch (scheme) {
    case "dns":
      return dnsTarget(text, text.slice(4));
    case "ipv4":
    case "ipv6":
      return addressesTarget(text, text.slice(5));
    case "unix":
      return unixTarget(text, text.slice(5));
    case "http":
    case "https":
      throw fault(
        text,
        `a target without ${scheme}://; say ${scheme === "https" ? "tls: {}" : "no tls"} in the options instead`,
      );
    case "xds":
    case "passthrough":
    case "vsock":
      throw fault(text, `one of the schemes dns, ipv4, ipv6, unix; ${scheme} is not supported`);
    default:
      return dnsTarget(text, text);
  }
}

function dnsTarget(text: string, rest: string): Target {
  // dns://authority/name: the authority would name a DNS server; ours is the platform's resolver.
  const slashed = /^\/\/([^/]*)\/(.*)$/.exec(rest);
  if (slashed !== null && slashed[1] !== "")
    throw fault(text, "dns:///host:port; a DNS server of one's own is not supported");
  const { host, port } = splitHostPort(text, slashed?.[2] ?? rest);
  const authority = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return { kind: "dns", name: host, port, authority };
}

function addressesTarget(text: string, rest: string): Target {
  const addresses = rest
    .split(",")
    .map((part): Address => ({ kind: "tcp", ...splitHostPort(text, part.replace(/^\/{3}/, "")) }));
  for (const address of addresses) {
    if (address.kind === "tcp" && !/^[0-9.]+$/.test(address.host) && !address.host.includes(":")) {
      throw fault(text, `literal addresses; ${JSON.stringify(address.host)} is a name, use dns:///`);
    }
  }
  return { kind: "addresses", addresses, authority: rest.split(",")[0] ?? rest };
}

function unixTarget(text: string, rest: string): Target {
  const path = rest.startsWith("///") ? rest.slice(2) : rest;
  if (path === "") throw fault(text, "unix:path or unix:///absolute/path");
  return { kind: "addresses", addresses: [{ kind: "unix", path }], authority: "localhost" };
}

function splitHostPort(text: string, part: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:[\]/\s]+))(?::([0-9]{1,5}))?$/.exec(part);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) throw fault(text, "host:port, [ipv6]:port or host");
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (port < 1 || port > 65_535) throw fault(text, "a port from 1 to 65535");
  return { host, port };
}

function fault(text: string, expected: string): TypeError {
  return new TypeError(`target ${JSON.stringify(text)}: expected ${expected}`);
}
