/**
 * Which header fields are worth a place in the peer's dynamic table (RFC 7541 §6.2 leaves that to the encoder). The
 * choice is made for RPC: connections that live long and carry the same few lists with some values that change.
 *
 * - `first-sight`: names whose values hardly ever change on a connection. From the second call on one octet each.
 * - `repeats`: an unknown name, or `:path`: inserted when a value comes again soon. A gRPC method comes again at once; a
 *   REST path with an id in it does not, and would push everything else out of the table.
 * - `changing`: values that differ by call. Inserting them costs the peer an eviction a call, and every change to the
 *   table ends the validity of what both ends remember. They are literals.
 * - `secret`: never indexed, here or by any hop behind (§7.1.3).
 *
 * A name that is not in the static table is a dozen octets in each call. So the first field with a new name, whatever
 * its value (but no secret), is inserted if that pushes nothing out: later literals refer to it for their name. For a
 * timeout and a traceparent that is 21 octets less with each call, and two strings that the peer need not make.
 *
 * Does not know the static table or the state of the dynamic one.
 */

export type Indexing = "first-sight" | "repeats" | "changing" | "secret";

const known = new Map<string, Indexing>();

for (const name of [
  ":method",
  ":scheme",
  ":authority",
  ":status",
  "accept",
  "accept-encoding",
  "accept-language",
  "access-control-allow-origin",
  "cache-control",
  "content-encoding",
  "content-type",
  "grpc-accept-encoding",
  "grpc-encoding",
  "grpc-status",
  "host",
  "server",
  "te",
  "user-agent",
  "vary",
]) {
  known.set(name, "first-sight");
}

for (const name of [
  "age",
  "baggage",
  "content-length",
  "content-location",
  "content-range",
  "date",
  "etag",
  "expires",
  "grpc-message",
  "grpc-previous-rpc-attempts",
  "grpc-retry-pushback-ms",
  "grpc-timeout",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "last-modified",
  "location",
  "range",
  "traceparent",
  "tracestate",
  "x-b3-spanid",
  "x-b3-traceid",
  "x-request-id",
]) {
  known.set(name, "changing");
}

for (const name of ["authorization", "cookie", "proxy-authorization", "set-cookie"]) known.set(name, "secret");

/** The rule for a name that is listed; undefined for the endless others. */
export function listedIndexing(name: string): Indexing | undefined {
  return known.get(name);
}

/** Names that end so carry base64 of something binary: a trace context, status details, a token. */
const binarySuffix = "-bin";

export function unlistedIndexing(name: string): Indexing {
  return name.endsWith(binarySuffix) ? "changing" : "repeats";
}
