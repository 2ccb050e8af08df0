/**
 * What is known of one attempt, and what follows for the only question that matters after a failure: can the peer have
 * processed the call? `processed` follows from evidence alone, never from a status code.
 */

export type Processed = "no" | "maybe" | "yes";

/** One fact about an attempt. Closed: what is not listed here is not evidence. */
export type Evidence =
  /** Not a byte of the request was handed to the socket. */
  | { readonly kind: "never-sent" }
  /** The connection never got as far as the peer's SETTINGS, so no request was written on it. */
  | { readonly kind: "never-ready" }
  /** GOAWAY arithmetic, RFC 9113 §6.8: our stream's id is above the last id the peer will process. */
  | { readonly kind: "goaway-above-last-id"; readonly streamId: number; readonly lastStreamId: number }
  /** RST_STREAM(REFUSED_STREAM), RFC 9113 §8.7: the peer's word; some proxies say it after forwarding (`trusted` false). */
  | { readonly kind: "refused-stream"; readonly trusted: boolean }
  /** Bytes of the request left, and no answer came. */
  | { readonly kind: "request-sent" }
  /** RST_STREAM with another code. */
  | { readonly kind: "stream-reset"; readonly code: number }
  /** An HTTP error answer without gRPC status, as a proxy makes it. */
  | { readonly kind: "http-error"; readonly status: number }
  /** Response headers came. */
  | { readonly kind: "headers-seen" }
  /** At least one whole response message came. */
  | { readonly kind: "message-seen" }
  /** A status came: alone (`trailersOnly`) it does not prove that a handler ran. */
  | { readonly kind: "trailers-seen"; readonly code: number; readonly trailersOnly: boolean }
  /** We reset the stream ourselves (cancel, deadline, broken answer). */
  | { readonly kind: "reset-by-us"; readonly code: number };

export type EvidenceKind = Evidence["kind"];
