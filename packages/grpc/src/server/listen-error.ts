import type { SocketError, SocketErrorKind } from "../host/host.ts";

/** `listen` failed. Says where and why. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  /** `EADDRINUSE`, `EACCES`, `TLS` for a certificate that cannot be read … */
  readonly kind: SocketErrorKind;

  constructor(where: string, { kind, message }: SocketError) {
    super(`cannot listen on ${where}: ${message}`);
    this.kind = kind;
  }
}
