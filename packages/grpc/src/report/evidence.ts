import { status } from "../rpc/status.ts";

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

/**
 * What one attempt's evidence proves. Only a whole message or the status OK proves that the call ran; only the wire's
 * own proof of the contrary, with nothing against it, says that it did not. Everything else, an empty list too, is maybe.
 */
export function processedBy(evidence: readonly Evidence[]): Processed {
  let unprocessed = false;
  let contradicted = false;
  for (const fact of evidence) {
    const weight = weigh(fact, evidence);
    if (weight === "yes") return "yes";
    if (weight === "no") unprocessed = true;
    if (weight === "answered") contradicted = true;
  }
  return unprocessed && !contradicted ? "no" : "maybe";
}

/** What several attempts of one call prove together: a "no" after a "maybe" is a maybe. No attempt at all is a "no". */
export function strongest(processed: readonly Processed[]): Processed {
  if (processed.includes("yes")) return "yes";
  return processed.includes("maybe") ? "maybe" : "no";
}

/** `answered` facts contradict every claim that the peer never saw the call; `silent` ones prove nothing. */
function weigh(fact: Evidence, all: readonly Evidence[]): "yes" | "no" | "answered" | "silent" {
  switch (fact.kind) {
    case "message-seen":
      return "yes";
    case "trailers-seen":
      return fact.code === status.OK ? "yes" : "answered";
    case "headers-seen":
    case "http-error":
      return "answered";
    case "never-sent":
    case "never-ready":
      return all.some((other) => other.kind === "request-sent") ? "silent" : "no";
    case "goaway-above-last-id":
      return "no";
    case "refused-stream":
      return fact.trusted ? "no" : "silent";
    case "request-sent":
    case "stream-reset":
    case "reset-by-us":
      return "silent";
  }
}
