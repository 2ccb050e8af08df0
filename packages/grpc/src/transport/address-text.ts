import type { Address } from "../host/host.ts";

/** `10.0.3.4:443`, `[::1]:443`, `unix:/run/shop.sock`. */
export function addressText(address: Address): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  return address.host.includes(":") ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
