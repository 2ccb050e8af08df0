/** The status of an answer that carries none, by its HTTP status: gRPC's http-grpc-status-mapping.md. */

import { status, type StatusCode } from "./status.ts";

const mapped: Readonly<Record<number, StatusCode>> = {
  400: status.INTERNAL,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.UNIMPLEMENTED,
  429: status.UNAVAILABLE,
  502: status.UNAVAILABLE,
  503: status.UNAVAILABLE,
  504: status.UNAVAILABLE,
};

export function statusFromHttp(httpStatus: number): StatusCode {
  return mapped[httpStatus] ?? status.UNKNOWN;
}
