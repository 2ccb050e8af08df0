import { describe, expect, it } from "vitest";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { entryRecord } from "../record/entry-record.ts";
import { receivedRecord } from "../record/received-record.ts";
import { compileCatalog } from "./compile-catalog.ts";
import { readSources } from "./read-sources.ts";

const compiled = (...change: Parameters<typeof sampleFiles>) => compileCatalog(readSources(sampleFiles(...change)));
const recordOf = (id: string, ...change: Parameters<typeof sampleFiles>) =>
  compiled(...change).records.find((record) => record.id === id);

describe("a record", () => {
  it("fits its schema and holds nothing that the schema does not know", () => {
    for (const record of compiled().records) expect(entryRecord.strict().parse(record)).toEqual(record);
  });

  it("begins with the fields of the received format, in its order", () => {
    const received = Object.keys(receivedRecord.shape);
    for (const record of compiled().records) expect(Object.keys(record).slice(0, received.length)).toEqual(received);
  });

  it("fills the received fields from facts, words and signatures", () => {
    expect(recordOf("tcp/one")).toMatchObject({
      signature: "Stream … was lost",
      domain: "tcp",
      root_cause: "It said it would.",
      root_cause_zh: "它事先说过。",
      versions: [{ version: "grpc-js 1.0.0", status: "active", introduced: null }],
      workarounds: [{ action: "Send it again.", how: "Twice.", condition: "Once only.", success_rate: null }],
      workarounds_zh: ["再发一次。"],
      dead_ends: [{ action: "Waiting.", why_fails: "Nothing comes.", fail_rate: null, condition: "", sources: [] }],
      verification_tier: "observed",
      confidence: null,
      evidence_count: 2,
      locale: "en",
    });
  });

  it("publishes expressions that find the example", () => {
    for (const { regex, example } of compiled().records.flatMap(({ signatures }) => signatures)) {
      expect(example).toMatch(new RegExp(regex));
    }
  });

  it("names sources in words and address", () => {
    expect(recordOf("tcp/one")).toMatchObject({
      cause_sources: ["Run: a peer leaves (grpc-js 1.0.0)"],
      processed: { sources: ["RFC 9113, 8.7: https://www.rfc-editor.org/rfc/rfc9113.html"] },
    });
    const others = (source: string) =>
      recordOf(
        "tcp/one",
        "entries/tcp/one/entry.yaml",
        "  lab: { kind: run, what: a peer leaves, with: [grpc-js 1.0.0] }",
        `  lab: ${source}`,
      )?.cause_sources;
    expect(others("{ kind: thread, thread: grpc/grpc-node#12, state: open }")).toEqual([
      "https://github.com/grpc/grpc-node/issues/12 (open)",
    ]);
    expect(others("{ kind: code, repo: a/b, path: c/d.ts, commit: 12ab, symbol: f }")).toEqual(["a/b c/d.ts@12ab (f)"]);
    expect(others("{ kind: code, repo: a/b, path: c/d.ts }")).toEqual(["a/b c/d.ts"]);
  });

  it("is not called reproduced while no experiment has counted", () => {
    const change = ["entries/tcp/one/entry.yaml", "cause: { origin: observed", "cause: { origin: reproduced"] as const;
    expect(recordOf("tcp/one", ...change)?.verification_tier).toBe("observed");
  });

  it("takes its signature from the first failure, not from a clue before it", () => {
    const clue =
      '- { implementation: grpc-go, code: null, text: "clue {{x}}", example: "clue {x}", versions: ["1"], origin: observed, sources: [lab], role: clue }\n';
    const change = ["entries/tcp/one/signatures.yaml", "- implementation", `${clue}- implementation`] as const;
    expect(recordOf("tcp/one", ...change)?.signature).toBe("Stream … was lost");
  });

  it.each(["any", "none known", "not stated", "older", "version not given"])("takes %s for no version", (words) => {
    const change = ["entries/tcp/one/signatures.yaml", 'versions: ["1.0.0"]', `versions: ["${words}"]`] as const;
    expect(recordOf("tcp/one", ...change)?.versions).toEqual([]);
  });

  it("names no program in a version that is of all of them", () => {
    const change = ["entries/tcp/one/signatures.yaml", "implementation: grpc-js", "implementation: any"] as const;
    expect(recordOf("tcp/one", ...change)?.versions).toMatchObject([{ version: "1.0.0" }]);
  });

  it("sees both ends of every edge, though each was written once", () => {
    const none = { leads_to: [], preceded_by: [], frequently_confused_with: [] };
    expect(recordOf("tcp/one")?.transition_graph).toEqual({
      ...none,
      leads_to: ["tcp/two"],
      frequently_confused_with: ["tcp/two"],
    });
    expect(recordOf("tcp/two")?.transition_graph).toEqual({
      ...none,
      preceded_by: ["tcp/one"],
      frequently_confused_with: ["tcp/one"],
    });
  });

  it("has no edge to an entry that is not there", () => {
    const change = ["entries/tcp/one/entry.yaml", "[tcp/two]", "[tcp/three]"] as const;
    expect(recordOf("tcp/one", ...change)?.transition_graph.frequently_confused_with).toEqual([]);
  });

  it("carries the questions that name it, with all their answers", () => {
    const questions = recordOf("tcp/two")?.questions;
    expect(questions).toMatchObject([
      { id: "did-it", ask_zh: "是吗？", answers: [{ id: "yes", fits: ["tcp/one"] }, { id: "no" }] },
    ]);
    expect(recordOf("tcp/two", "questions/did-it.yaml", "[tcp/two]", "[tcp/one]")?.questions).toEqual([]);
  });
});

describe("the table", () => {
  it("holds what matching needs and no words", () => {
    expect(compiled().table).toEqual({
      entries: [
        { id: "tcp/one", aliases: [], processed: "maybe", confusedWith: ["tcp/two"] },
        { id: "tcp/two", aliases: [], processed: "maybe", confusedWith: ["tcp/one"] },
      ],
      signatures: ["Stream {int} was lost", "Peer has left"].map((text, entry) => ({
        ...{ entry, implementation: "grpc-js", code: "UNAVAILABLE", text },
        ...{ rank: 1, whole: false, context: "none", role: "failure" },
      })),
      questions: [{ id: "did-it", answers: { yes: ["tcp/one"], no: ["tcp/two"] } }],
      reasons: expect.objectContaining({ CONNECTION_LOST: "tcp/fin-inflight" }),
    });
  });
});
