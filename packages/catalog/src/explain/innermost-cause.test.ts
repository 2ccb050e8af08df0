import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { EntryList } from "./entry-list.ts";
import { explain } from "./index.ts";
import { causeBehind, entriesOfCause } from "./innermost-cause.ts";

const entries = new EntryList(table.entries, []);
const idsOf = (indexes: readonly number[]): string[] => indexes.map((index) => entries.at(index).id);
const indexOf = (id: string): number => entries.indexOf(id) ?? -1;

describe("the innermost cause", () => {
  it.each([
    ["a: b\nCaused by: x.Y: connection refused\nCaused by: x.Z: no such host", "connect/name-not-found"],
    ["A: b\n ---> System.IO.IOException: c\n ---> Some.Exception: connection reset by peer", "tcp/reset-inflight"],
    ["Bad call. HttpRequestException: closed. AuthenticationException: certificate of nobody", "tls/handshake-failed"],
    ['Status { message: "x", source: Some(A(B, Error { kind: Io(Kind(BrokenPipe)) })) }', "tcp/reset-inflight"],
    ["all connections failed; last error: x: ENETUNREACH", "connect/refused"],
  ])("stands behind the last mark: %j", (text, id) => {
    expect(idsOf(entriesOfCause(text, entries))[0]).toBe(id);
  });

  it("is not there without a chain, nor in a chain of unknown words", () => {
    expect(entriesOfCause("connection refused", entries)).toEqual([]);
    expect(entriesOfCause("a\nCaused by: the cook", entries)).toEqual([]);
  });

  it("is the next one further out where the last says nothing", () => {
    expect(idsOf(entriesOfCause("a\nCaused by: no such host\nCaused by: the cook", entries))).toEqual([
      "connect/name-not-found",
    ]);
  });
});

describe("what stands behind the words of a signature", () => {
  const words = "io exception";
  it("tells which of a tie it is", () => {
    const tied = [indexOf("connect/refused"), indexOf("tcp/reset-inflight")];
    const text = `${words}\nCaused by: java.io.IOException: Connection reset by peer`;
    expect(idsOf(causeBehind(words, text, tied, entries))).toEqual(["tcp/reset-inflight"]);
  });

  it("adds what no entry of the tie is", () => {
    const causes = idsOf(
      causeBehind(words, `${words} failed: Connection reset`, [indexOf("connect/refused")], entries),
    );
    expect(causes).toContain("tcp/reset-inflight");
    expect(causes.length).toBeLessThanOrEqual(2);
  });

  it("says nothing where nothing stands", () => {
    expect(causeBehind(words, words, [indexOf("connect/refused")], entries)).toEqual([]);
  });

  it.each([
    ["Status{code=UNAVAILABLE, description=io exception failed: Connection reset", "tcp/reset-inflight"],
    ["No gRPC channel: transport error: error trying to connect: InvalidDNSNameError", "tls/handshake-failed"],
  ])("is named in the answer: %j", (text, id) => {
    expect(explain(text).findings.flatMap(({ tied }) => tied)).toContain(id);
  });
});

describe("a status in a status", () => {
  it("is the one that has seen the failure", () => {
    const text =
      "rpc error: code = InvalidArgument desc = the depot is shut: rpc error: code = Unavailable desc = depot: zero addresses";
    expect(explain(text).findings.flatMap(({ tied }) => tied)).toContain("connect/name-not-found");
  });
});
