/**
 * Texts that people quote, paste and search without what stood around them. Some are of the article and the public
 * records that this catalog answers to, and no program prints them: the entry of that id says what one sees instead.
 */

import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

/** What three public records give as their signature. */
const quoted: Readonly<Record<string, readonly string[]>> = {
  "grpc/connection-close-during-stream": [
    "UNAVAILABLE: grpc: connection closed during stream: GOAWAY received from peer",
  ],
  "grpc/stream-interrupted-by-shutdown": ["CANCELLED: grpc: stream closed by server shutdown"],
  "communication/http2-goaway-frame-received": ["HTTP/2 GOAWAY frame received: last stream ID 0, error code NO_ERROR"],
};

/** Words that people paste and search alone, and as the message of a status. */
const pasted: Readonly<Record<string, readonly string[]>> = {
  "tcp/fin-inflight": [
    "transport is closing",
    "EOF",
    "rpc error: code = Unavailable desc = transport is closing",
    "rpc error: code = Unavailable desc = EOF",
  ],
  "tcp/reset-inflight": [
    "connection reset by peer",
    "read ECONNRESET",
    "rpc error: code = Unavailable desc = connection reset by peer",
  ],
  "http2/rst-internal-error": [
    "stream terminated by RST_STREAM",
    "rpc error: code = Internal desc = stream terminated by RST_STREAM",
    "rpc error: code = Unavailable desc = stream terminated by RST_STREAM",
  ],
};

const cases = [quoted, pasted].flatMap((texts) =>
  Object.entries(texts).flatMap(([id, words]) => words.map((text) => [id, text] as const)),
);

describe("words that are pasted alone", () => {
  it.each(cases)("%s comes first for: %s", (id, text) => {
    expect(explain(text).findings[0]?.id).toBe(id);
  });
});
