/** Where to listen, out of a word of the command line. Pure; a mistake comes back as a sentence. */

import { isIP } from "node:net";

export type ListenRead =
  | { readonly kind: "read"; readonly host: string; readonly port: number }
  | { readonly kind: "mistake"; readonly message: string };

const expected = "expected HOST:PORT, such as 127.0.0.1:50052 or [::1]:0";

/** Port 0 takes any that is free; the host must be said, so that nobody listens on all addresses without meaning it. */
export function readListen(text: string): ListenRead {
  const [, bracketed, host = bracketed, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || port === undefined) return mistake(`--listen ${JSON.stringify(text)}: ${expected}`);
  if (Number(port) > 65_535) return mistake(`--listen: "${port}" is no port; expected a number from 0 to 65535`);
  if (bracketed !== undefined && isIP(bracketed) !== 6) return mistake(`--listen: "${bracketed}" is no IPv6 address`);
  if (host === "") return mistake(`--listen ${JSON.stringify(text)}: the host is missing; ${expected}`);
  return { kind: "read", host, port: Number(port) };
}

function mistake(message: string): ListenRead {
  return { kind: "mistake", message };
}
