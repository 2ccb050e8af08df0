import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { isOfOthers } from "./candidate.ts";
import { entriesOfPhrase, isAboutGrpc } from "./entries-of-phrase.ts";
import { EntryList } from "./entry-list.ts";
import { explain } from "./index.ts";
import { libraryWords } from "./library-words.ts";
import { wordsApart } from "./words-apart.ts";

const entries = new EntryList(table.entries, []);
const idOf = (text: string): string | undefined => {
  const [index] = entriesOfPhrase(text, entries, libraryWords);
  return index === undefined ? undefined : entries.at(index).id;
};

describe("sentences of libraries", () => {
  it("name entries that are there", () => {
    expect(libraryWords.flatMap(([ids]) => ids).filter((id) => entries.indexOf(id) === undefined)).toEqual([]);
  });

  it.each([
    ["watch ended: http2: client connection lost", "keepalive/ping-timeout-dead-peer"],
    ["while reading the server preface: EOF", "connect/closed-before-settings"],
    ["Hex dump for received bytes: 16030100", "tls/handshake-failed"],
    ["request has unsupported HTTP version", "connect/http1-peer"],
    ["Stream was terminated by peer (errorCode: 8)", "http2/rst-cancel-from-server"],
    ["[S154] remote reset stream", "envoy/remote-reset"],
    ["protocol error: missing EndStreamResponse", "http2/missing-trailers"],
    ["Maximum active streams violated for this endpoint: 128", "http2/max-concurrent-streams-stall"],
    ["invalid peer certificate: NotValidForName", "tls/handshake-failed"],
  ])("say more than their common words: %j", (text, id) => {
    expect(idOf(text)).toBe(id);
  });
});

describe("names of libraries", () => {
  it.each([
    "h2.exceptions.StreamClosedError: 5",
    "%Mint.HTTPError{module: Mint.HTTP2, reason: :unprocessed}",
    "hyper::Error(Body, Error { kind: Io(Kind(BrokenPipe)) })",
    "E0101 secure_endpoint.cc:304] nothing",
    "finished with error - code: 100 [1:100]",
  ])("tell a text about HTTP/2: %j", (text) => {
    expect(isAboutGrpc(text)).toBe(true);
  });
});

describe("words of a name", () => {
  it("are read apart, and only where there are several", () => {
    expect(wordsApart("ConnectionReset by peer_name")).toBe("Connection Reset by peer name");
    expect(wordsApart("connection reset")).toBeUndefined();
  });
});

describe("a port of others", () => {
  it.each(["at f (retries.js:100:25)", '{"fd":22}', "file.go:21", "x.cc:25: y"])("is not in %j", (text) => {
    expect(isOfOthers(text)).toBe(false);
  });

  it.each(["dial db:5432", "10.0.0.1:22 closed", "[::1]:6379 refused"])("is in %j", (text) => {
    expect(isOfOthers(text)).toBe(true);
  });

  it("counts for nothing beside words that only HTTP/2 has", () => {
    expect(isOfOthers("httpx.RemoteProtocolError: <ConnectionTerminated error_code:0, last_stream_id:3>")).toBe(false);
  });
});

describe("a paste of more lines than one failure has", () => {
  it("is told by the first line that says something by itself", () => {
    const idle = Array.from({ length: 40 }, (_, n) => `day ${n}: nothing happened in the kitchen`);
    const text = [...idle.slice(0, 20), "h2_connection: the line was dropped", ...idle.slice(20)].join("\n");
    const [finding] = explain(text).findings;
    expect(finding?.tied).toContain("tcp/fin-inflight");
    expect(finding?.lines).toEqual([21, 21]);
    expect(explain(idle.join("\n")).known).toBe(false);
  });
});
