import type { Address } from "@holdfast/grpc/host";

/** `127.0.0.1:50051`, `[::1]:50051`, `unix:/run/shop.sock`. */
export function placeText(address: Address): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  return address.host.includes(":") ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
