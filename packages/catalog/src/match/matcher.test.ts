import { describe, expect, it } from "vitest";
import { compileForeign } from "./foreign-pattern.ts";
import { type Candidate, loadMatcher } from "./matcher.ts";
import type { SignatureTable, TableSignature } from "./signature-table.ts";

function signature(entry: number, text: string): TableSignature {
  const implementation = "grpc-js";
  return { entry, implementation, code: null, text, rank: 1, whole: false, context: "none", role: "failure" };
}

function tableOf(...texts: readonly string[]): SignatureTable {
  const entries = texts.map((_, i) => ({ id: `tcp/${i}`, aliases: [], processed: "maybe" as const, confusedWith: [] }));
  return { entries, signatures: texts.map((text, i) => signature(i, text)), questions: [] };
}

function names(candidates: readonly Candidate[]): string[] {
  return candidates.map((candidate) =>
    candidate.kind === "signature" ? candidate.signature.text : candidate.pattern.id,
  );
}

describe("loadMatcher", () => {
  it("gives every signature whose template fits, in the table's order, shared texts once each", () => {
    const matcher = loadMatcher(
      tableOf("transport is closing", "the code {http2_code:int} closed", "Connection dropped", "transport is closing"),
    );
    const candidates = matcher.matchMessage("Connection dropped: transport is closing, the code x closed");
    expect(
      candidates.map(({ match, ...rest }) => ("signature" in rest ? [rest.signature.entry, match.start] : rest)),
    ).toEqual([
      [0, 20],
      [2, 0],
      [3, 20],
    ]);
  });

  it("gives facts of named holes", () => {
    const matcher = loadMatcher(tableOf("Received RST_STREAM with code {http2_code:int}"));
    expect(matcher.matchMessage("13 INTERNAL: Received RST_STREAM with code 2")[0]?.match.values).toEqual({
      http2_code: "2",
    });
  });

  it("finds words of gRPC in general beside literals of signatures, and takes them for no signature", () => {
    const matcher = loadMatcher(tableOf("one GOAWAY", "transport is closing"));
    const found: (string | undefined)[] = [];
    const bytes = new TextEncoder().encode("one GOAWAY RST_STREAM transport is closing");
    matcher.scanner.scan(bytes, (_, literal) => found.push(matcher.literals[literal]));
    expect(found.sort()).toEqual([" GOAWAY ", "RST_STREAM", "one GOAWAY", "transport is closing"]);
    expect(matcher.matchMessage("RST_STREAM")).toEqual([]);
    expect(matcher.matchMessage("14 UNAVAILABLE: something new")).toEqual([]);
  });

  it("tries a foreign pattern where its literal stands, and one without a literal on lines of gRPC", async () => {
    const { patterns } = await compileForeign([
      { id: "shop/closed", path: "a.json", regex: "closed by shop" },
      { id: "shop/any", path: "b.json", regex: "(?i)SHOP" },
    ]);
    const matcher = loadMatcher(tableOf("Connection dropped"), { foreign: patterns });
    expect(names(matcher.matchMessage("closed by shop"))).toEqual(["shop/closed", "shop/any"]);
    expect(names(matcher.matchMessage("rpc error: code = Internal desc = Shop"))).toEqual(["shop/any"]);
    expect(names(matcher.matchMessage("Connection dropped by Shop"))).toEqual(["Connection dropped", "shop/any"]);
    expect(names(matcher.matchMessage("Shop is open"))).toEqual([]);
  });
});
