/**
 * The header and trailer lists of gRPC answers, PROTOCOL-HTTP2 "Responses". The lists of the usual answer are constants:
 * the encoder remembers the bytes of a list that it has seen before.
 */

import type { HeaderList } from "../http2/header-list.ts";
import { base64 } from "../http2/bytes.ts";
import type { StatusError } from "../report/status-error.ts";
import { grpcContentType } from "../rpc/content-type.ts";
import { acceptEncoding, type Coding } from "../rpc/compression.ts";
import { detailsHeader, encodeDetails } from "../rpc/details.ts";
import { type Metadata, metadataToHeaders } from "../rpc/metadata.ts";
import { percentEncode } from "../rpc/percent-encoding.ts";

export const head: HeaderList = Object.freeze([":status", "200", "content-type", grpcContentType]);
const packedHeads: Readonly<Record<Coding, HeaderList>> = {
  gzip: Object.freeze([...head, "grpc-encoding", "gzip"]),
  deflate: Object.freeze([...head, "grpc-encoding", "deflate"]),
};
export const okTrailers: HeaderList = Object.freeze(["grpc-status", "0"]);

// Clients take header lists of 8 KiB (gRPC's soft limit) and fail the call above it; %XX makes three of one.
const maxTextChars = 2_000;

export function headWith(metadata: Metadata | undefined, coding: Coding | undefined): HeaderList {
  const list = coding === undefined ? head : packedHeads[coding];
  return metadata === undefined || metadata.size === 0 ? list : metadataToHeaders(metadata, [...list]);
}

export function okTrailersWith(metadata: Metadata | undefined): HeaderList {
  return metadata === undefined || metadata.size === 0 ? okTrailers : metadataToHeaders(metadata, [...okTrailers]);
}

/** The trailers of a call that fails; behind `head` they are an answer of trailers alone. */
export function errorTrailers(error: StatusError, metadata: Metadata | undefined): string[] {
  const list = ["grpc-status", String(error.code)];
  const text = textFor(error);
  if (text !== "") list.push("grpc-message", percentEncode(text));
  if (error.details.length > 0) {
    const { code, text: message, details } = error;
    list.push(detailsHeader, base64(encodeDetails({ code, message, details })).replace(/=+$/, ""));
  }
  if (metadata !== undefined) metadataToHeaders(metadata, list);
  // An error that came from a call of our own carries that server's trailers; they are not for our client.
  if (error.reason === "HANDLER_STATUS") metadataToHeaders(error.metadata, list);
  // What a server has to say to a client that compressed in a way that it cannot read, gRPC's compression.md.
  if (error.reason === "UNSUPPORTED_ENCODING") list.push("grpc-accept-encoding", acceptEncoding);
  return list;
}

/** What users said goes out as they said it; what we say begins with the reason, which is what a person looks up. */
function textFor({ reason, text }: StatusError): string {
  const theirs = reason === "HANDLER_STATUS" || reason === "FOREIGN_ERROR" || reason === "PEER_STATUS";
  return shortened(theirs ? text : `[${reason}] ${text}`);
}

function shortened(text: string): string {
  return text.length <= maxTextChars ? text : `${text.slice(0, maxTextChars)}…`;
}
