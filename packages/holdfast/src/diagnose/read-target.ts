/** Where to look, out of the words of the command line. Pure; a mistake comes back as a sentence. */

import { isIP } from "node:net";

export interface Where {
  readonly host: string;
  readonly port: number;
}

/** A scheme says more than the address. */
export type Scheme = "plain" | "tls" | undefined;

export type TargetRead =
  | { readonly kind: "read"; readonly where: Where; readonly scheme: Scheme }
  | { readonly kind: "mistake"; readonly message: string };

const expected = "expected HOST:PORT, such as shop.example.org:443, 10.0.0.4:50051 or [::1]:50051";
const schemes: Readonly<Record<string, Scheme>> = {
  http: "plain",
  https: "tls",
  grpc: "plain",
  grpcs: "tls",
  dns: undefined,
};

/** `dns:///shop:443`, `https://shop:443/` and `shop 443` are taken, too: people paste what they have. */
export function readTarget(target: string, port: string | undefined): TargetRead {
  const [, name, rest = target] = /^([a-z]+):\/{2,3}(.*?)\/?$/i.exec(target) ?? [];
  if (name !== undefined && !Object.hasOwn(schemes, name.toLowerCase()))
    return mistake(`${name}:// is not known; ${expected}`);
  const scheme = name === undefined ? undefined : schemes[name.toLowerCase()];
  const parts = port === undefined ? split(rest) : { host: rest.replace(/^\[(.*)\]$/, "$1"), port };
  if (parts === undefined) return mistake(`"${target}" has no port; ${expected}`);
  const { host } = parts;
  const fault = faultInHost(host) ?? faultInPort(parts.port);
  return fault === undefined ? { kind: "read", where: { host, port: Number(parts.port) }, scheme } : mistake(fault);
}

/** `--resolve`: an address, or `HOST:ADDRESS` as curl has it (`HOST:PORT:ADDRESS` too). */
export function readResolve(
  text: string,
  { host, port }: Where,
): { readonly address: string } | { readonly mistake: string } {
  const bare = (address: string): string => address.replace(/^\[(.*)\]$/, "$1");
  if (isIP(bare(text)) !== 0) return { address: bare(text) };
  for (const prefix of [`${host}:${port}:`, `${host}:`]) {
    if (text.startsWith(prefix) && isIP(bare(text.slice(prefix.length))) !== 0)
      return { address: bare(text.slice(prefix.length)) };
  }
  return { mistake: `--resolve "${text}": expected ${host}:ADDRESS or an IP address` };
}

function split(text: string): { readonly host: string; readonly port: string } | undefined {
  const [, bracketed, host = bracketed, port] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(text) ?? [];
  return host === undefined || port === undefined ? undefined : { host, port };
}

function faultInHost(host: string): string | undefined {
  if (isIP(host) !== 0) return undefined;
  if (host === "") return `the host is missing; ${expected}`;
  // RFC 1035 §2.3.4: 253 letters as text. Underscores and trailing dots are seen in the wild.
  if (host.length > 253 || !/^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*)$/u.test(host))
    return `"${host}" is no name of a host; ${expected}`;
  return undefined;
}

function faultInPort(port: string): string | undefined {
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) return undefined;
  return `"${port}" is no port; expected a number from 1 to 65535`;
}

function mistake(message: string): TargetRead {
  return { kind: "mistake", message };
}
