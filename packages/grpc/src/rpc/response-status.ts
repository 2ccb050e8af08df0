/**
 * What the header lists of a finished answer say about the call: the status of the server when there is one, else the
 * best that HTTP lets us say. Owns the precedence between `grpc-status`, `:status` and `content-type`; streams and
 * connections that broke are `status-from-http2.ts`.
 */

import { fromBase64 } from "../http2/bytes.ts";
import { headerValue, type HeaderList } from "../http2/header-list.ts";
import { isGrpcContentType } from "./content-type.ts";
import { decodeDetails, detailsHeader, type StatusDetail } from "./details.ts";
import { percentDecode } from "./percent-encoding.ts";
import { statusFromHttp } from "./status-from-http.ts";
import { status, type StatusCode } from "./status.ts";

export interface ResponseStatus {
  /**
   * `peer-status`: the server named it. `http-status`: an HTTP error without a gRPC status, as a proxy makes it.
   * `not-grpc`: HTTP 200 with another media type. `missing-status`: a gRPC answer that ended without a status.
   */
  readonly kind: "peer-status" | "http-status" | "not-grpc" | "missing-status";
  readonly code: StatusCode;
  /** The server's own text, or ours where it sent none. */
  readonly message: string;
  /** Rich details of `grpc-status-details-bin`, if any could be read. */
  readonly details: readonly StatusDetail[];
}

/**
 * Reads the status of an answer that is over. `trailers` is absent when the stream ended on the headers (an answer of
 * trailers alone) or on a DATA frame; `endedOnHeaders` tells which.
 */
export function responseStatus(
  headers: HeaderList,
  trailers: HeaderList | undefined,
  endedOnHeaders: boolean,
): ResponseStatus {
  const last = trailers ?? (endedOnHeaders ? headers : undefined);
  const text = last === undefined ? undefined : headerValue(last, "grpc-status");
  // A gRPC status counts whatever the HTTP status says (http-grpc-status-mapping.md).
  if (last !== undefined && text !== undefined) return peerStatus(last, text);
  return statusWithoutGrpc(headers) ?? missingStatus(trailers);
}

/**
 * Whether the first headers already show that this is not a gRPC answer, so that its body need not be read: an HTTP
 * error or another media type. Undefined while it still may become one.
 */
export function statusWithoutGrpc(headers: HeaderList): ResponseStatus | undefined {
  if (headerValue(headers, "grpc-status") !== undefined) return undefined;
  const httpStatus = Number(headerValue(headers, ":status"));
  if (httpStatus !== 200) {
    const code = statusFromHttp(httpStatus);
    return { kind: "http-status", code, message: `HTTP ${httpStatus} without a gRPC status`, details: [] };
  }
  const contentType = headerValue(headers, "content-type");
  if (isGrpcContentType(contentType)) return undefined;
  const came = contentType === undefined ? "no content-type" : `content-type ${JSON.stringify(contentType)}`;
  const message = `HTTP 200 with ${came}, expected application/grpc`;
  return { kind: "not-grpc", code: status.UNKNOWN, message, details: [] };
}

function peerStatus(last: HeaderList, text: string): ResponseStatus {
  const sent = percentDecode(headerValue(last, "grpc-message") ?? "");
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : NaN;
  const known = number <= status.UNAUTHENTICATED;
  // gRPC's statuscodes.md: a status that cannot be read is UNKNOWN.
  const code = known ? (number as StatusCode) : status.UNKNOWN;
  const message = known ? sent : `grpc-status ${JSON.stringify(text)} is not one of gRPC's${sent && `: ${sent}`}`;
  const encoded = headerValue(last, detailsHeader);
  const rich = encoded === undefined ? undefined : decodeDetails(fromBase64(encoded));
  return { kind: "peer-status", code, message, details: rich?.details ?? [] };
}

/** The answer was gRPC and broke off without a word: INTERNAL, as in every implementation but C-core (UNKNOWN). */
function missingStatus(trailers: HeaderList | undefined): ResponseStatus {
  const how = trailers === undefined ? "without trailers" : "with trailers that hold no grpc-status";
  const message = `the answer ended ${how}, so a hop may have cut or dropped them`;
  return { kind: "missing-status", code: status.INTERNAL, message, details: [] };
}
