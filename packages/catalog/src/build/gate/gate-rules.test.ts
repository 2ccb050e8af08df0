/** A gate that nobody has seen shut does not count: every rule has something here that it alone finds. */

import { describe, expect, it } from "vitest";
import { sampleFiles } from "../../../test/build/sample-files.ts";
import { type SampleResult, sampleResult } from "../../../test/build/sample-result.ts";
import { compileCatalog } from "../compile-catalog.ts";
import { readSources } from "../read-sources.ts";
import { countLines } from "./counts.ts";
import type { GateInput } from "./gate-rule.ts";
import { gateRules } from "./gate-rules.ts";

const one = "entries/tcp/one/entry.yaml";
const zh = "entries/tcp/one/zh.yaml";
const signatures = "entries/tcp/one/signatures.yaml";

function inputOf(files = sampleFiles(), more: Partial<GateInput> = {}): GateInput {
  const sources = readSources(files);
  return {
    sources,
    compiled: compileCatalog(sources),
    libraryIds: new Map(),
    experiments: new Set(),
    said,
    texts: new Map(),
    ...more,
  };
}

/** As explain would with the sample's two texts. */
function said(text: string): readonly string[] {
  if (text.includes("was lost")) return ["tcp/one"];
  return text.includes("has left") ? ["tcp/two"] : [];
}

/** The sample with a result in its first entry. */
function measuredInput(change: SampleResult = {}): GateInput {
  const files = new Map([...sampleFiles(), ["entries/tcp/one/measured.json", sampleResult(change)] as const]);
  return inputOf(files, { experiments: new Set(["tcp/one"]) });
}

/** Rule → its findings, for the rules that found something. */
function findings(input: GateInput): Record<string, readonly string[]> {
  const found = gateRules.map(({ id, check }) => [id, [...check(input)]] as const);
  return Object.fromEntries(found.filter(([, list]) => list.length > 0));
}

const withTexts = (file: string, text: string) => inputOf(undefined, { texts: new Map([[file, text]]) });
const changed = (...change: Parameters<typeof sampleFiles>) => inputOf(sampleFiles(...change));

/** A second signature in the first entry, with the text of the second entry. */
const shared = (code: string, rank = 1, role = "failure") =>
  `- { implementation: grpc-go, code: ${code}, text: Peer has left, example: Peer has left, versions: ["1"], origin: observed, sources: [lab], rank: ${rank}, role: ${role} }\n- implementation`;

const breaches: Readonly<Record<string, readonly [input: () => GateInput, finding: string]>> = {
  unreadable: [() => inputOf(new Map([...sampleFiles(), ["questions/x.yaml", ""]])), "questions/x.yaml:1: "],
  "record-breaks-schema": [
    () => {
      const input = inputOf();
      const records = input.compiled.records.map((record, index) =>
        index > 0 ? record : { ...record, confidence: 2 },
      );
      return { ...input, compiled: { ...input.compiled, records } };
    },
    "tcp/one: confidence: ",
  ],
  "claim-without-source": [
    () => changed(one, "{ id: wait, origin: unverified", "{ id: wait, origin: reported"),
    "tcp/one dead_ends.wait: origin reported, no source",
  ],
  "source-missing": [
    () => changed(one, "unverified, sources: []", "reported, sources: [nobody]"),
    'tcp/one dead_ends.wait: no source "nobody"',
  ],
  "source-unused": [() => changed(one, "  rfc:", "  more: { kind: thread, thread: a/b#1 }\n  rfc:"), "tcp/one: more"],
  "reproduced-without-result": [
    () => changed(one, "{ id: again, origin: observed", "{ id: again, origin: reproduced"),
    "tcp/one workarounds.again",
  ],
  "result-without-experiment": [() => ({ ...measuredInput(), experiments: new Set() }), "tcp/one: no packages/lab"],
  "treatment-unknown": [() => measuredInput({ treatment: "hope" }), "tcp/one: hope"],
  "printed-text-elsewhere": [
    () => measuredInput({ example: "Error: 14 UNAVAILABLE: Peer has left" }),
    'tcp/one: grpc-js prints "Peer has left"; explain: tcp/two',
  ],
  "example-not-found": [
    () => changed(signatures, "Stream 7 was lost", "Stream seven was lost"),
    'tcp/one: "Stream {int} was lost" in ',
  ],
  "example-with-other-status": [
    () => changed(signatures, "Error: 14 UNAVAILABLE", "Error: 13 INTERNAL"),
    'tcp/one: UNAVAILABLE is not in "Error: 13 INTERNAL: Stream 7 was lost"',
  ],
  "signature-twice": [
    () =>
      changed(signatures, "- implementation", `${shared("null", 2)}`.replace("- implementation", shared("null", 2))),
    'tcp/one: grpc-go, no status, failure: "Peer has left"',
  ],
  "tie-without-order": [
    () => changed(signatures, "- implementation", shared("UNAVAILABLE")),
    'tcp/one and tcp/two: "Peer has left" (UNAVAILABLE), both 1',
  ],
  "edge-to-nowhere": [() => changed(one, "leads_to: []", "leads_to: [tcp/none]"), "tcp/one leads_to: tcp/none"],
  "one-way-edge": [
    () => {
      const input = inputOf();
      const [first, ...others] = input.compiled.records;
      if (first === undefined) throw new RangeError("no record");
      const alone = { ...first, transition_graph: { ...first.transition_graph, leads_to: [] } };
      return { ...input, compiled: { ...input.compiled, records: [alone, ...others] } };
    },
    "tcp/two preceded_by tcp/one",
  ],
  "alias-taken": [() => changed(one, "aliases: []", "aliases: [tcp/two]"), "tcp/one: tcp/two"],
  "question-about-nobody": [
    () => changed("questions/did-it.yaml", "fits: [tcp/one]", "fits: [tcp/one, tcp/none]"),
    "questions/did-it yes: tcp/none",
  ],
  "question-without-difference": [
    () => {
      const files = new Map(sampleFiles());
      const same = files.get("questions/did-it.yaml")?.replaceAll(/fits: \[.*?\]/g, "fits: [tcp/one]");
      return inputOf(files.set("questions/in-vain.yaml", same ?? ""));
    },
    "questions/in-vain",
  ],
  "confused-without-question": [
    () => inputOf(new Map([...sampleFiles()].filter(([file]) => file !== "questions/did-it.yaml"))),
    "tcp/one and tcp/two",
  ],
  "title-twice": [() => changed(zh, "第一种", "第二种"), "tcp/two and tcp/one: 第二种"],
  "library-names-unknown-id": [
    () =>
      inputOf(undefined, {
        libraryIds: new Map([
          ["tcp/one", "reason A"],
          ["tcp/none", "reason B"],
        ]),
      }),
    "tcp/none (reason B)",
  ],
  "text-names-unknown-id": [
    () => withTexts("docs/x.md", "Fine: `tcp/one`.\nTry `holdfast show tcp/none --full`."),
    "docs/x.md:2: tcp/none",
  ],
  "english-in-chinese": [
    () => changed(zh, "它事先说过。", "它事先说过。It said so before."),
    `${zh}: cause: It said so before.`,
  ],
};

describe("the gate", () => {
  it("finds nothing in a catalog that is in order", () => {
    expect(findings(inputOf())).toEqual({});
  });

  it("finds nothing in a result that is in order", () => {
    expect(findings(measuredInput())).toEqual({});
  });

  it("takes a cause for reproduced only where a control has failed", () => {
    const reproduced = sampleFiles(one, "cause: { origin: observed", "cause: { origin: reproduced");
    const given = (survived: number) =>
      inputOf(new Map([...reproduced, ["entries/tcp/one/measured.json", sampleResult({ survived })] as const]), {
        experiments: new Set(["tcp/one"]),
      });
    expect(findings(given(0))).toEqual({});
    expect(findings(given(20))).toEqual({ "reproduced-without-result": ["tcp/one cause"] });
  });

  it("has a breach here for every rule", () => {
    expect(Object.keys(breaches).sort()).toEqual(gateRules.map(({ id }) => id).sort());
  });

  it.each(Object.entries(breaches))("finds %s, and by that rule alone", (id, [input, finding]) => {
    expect(findings(input())).toEqual({ [id]: [expect.stringContaining(finding)] });
  });
});

describe("an entry that cannot be read", () => {
  it("is the only thing that is found, though others name it", () => {
    const broken = changed("entries/tcp/two/en.yaml", "closed_by", "closed");
    const named = { libraryIds: new Map([["tcp/two", "reason A"]]), texts: new Map([["a.md", "`tcp/two`"]]) };
    expect(Object.keys(findings({ ...broken, ...named }))).toEqual(["unreadable"]);
  });
});

describe("an example of a whole message", () => {
  const whole = (example: string) =>
    changed(signatures, 'example: "Error: 14 UNAVAILABLE: Stream 7 was lost"', `example: "${example}"\n  whole: true`);

  it("holds the text and nothing else", () => {
    expect(findings(whole("Error: 14 UNAVAILABLE: Stream 7 was lost"))).toEqual({});
    expect(findings(whole("Error: 14 UNAVAILABLE: Stream 7 was lost again"))).toEqual({
      "example-with-other-status": [expect.stringContaining("is not the whole message")],
    });
  });

  it("is not judged where the line holds no status", () => {
    expect(findings(whole("details = Stream 7 was lost again"))).toEqual({});
  });
});

describe("a tie", () => {
  it.each([
    ["UNAVAILABLE", 2, "failure"],
    ["INTERNAL", 1, "failure"],
    ["UNAVAILABLE", 1, "clue"],
  ])("is in order with status %s, rank %i, role %s in the other entry", (code, rank, role) => {
    expect(findings(changed(signatures, "- implementation", shared(code, rank, role)))).toEqual({});
  });

  it("is also one where a text without a status meets one with it", () => {
    expect(findings(changed(signatures, "- implementation", shared("null")))).toHaveProperty("tie-without-order");
  });
});

describe("ids in texts", () => {
  it.each([
    'import { x } from "./tcp/one.ts";',
    "See tcp/ip and application/grpc.",
    "`tcp/one` and 'tcp/two' are there.",
    "`packages/tcp/none`",
    "`other/none`",
  ])("are not seen in %s", (text) => {
    expect(findings(withTexts("a.md", text))).toEqual({});
  });

  it.each(["`tcp/none`", '{ entry: "tcp/none" }', "$ npx holdfast show tcp/none"])("are seen in %s", (text) => {
    expect(findings(withTexts("a.md", text))).toHaveProperty("text-names-unknown-id");
  });
});

describe("the counts", () => {
  it("say how much there is and where it comes from", () => {
    const lines = countLines(inputOf()).map((line) => line.replaceAll(/ {2,}/g, "  "));
    expect(lines).toEqual([
      "entries  2  tcp 2",
      "claims  10  observed 6 · documented 2 · unverified 2",
      "claims without a source  0",
      "signatures  2  grpc-js 2",
      "signatures by origin  2  observed 2",
      "Chinese complete  2 of 2",
      "edges  2",
      "one-way edges  0",
      "questions  1",
      "reproduced  0",
      "emulated  0",
      "treatments measured  0",
      "trials  0",
      "pairs with one text  0  no question tells apart 0",
      "unverified claims  2",
      "  tcp/one dead_ends.wait",
      "  tcp/two dead_ends.wait",
    ]);
  });

  it("count pairs that share a text, and those that no question tells apart", () => {
    const files = sampleFiles(signatures, "- implementation", shared("UNAVAILABLE", 2));
    const pairs = (input: GateInput) => countLines(input).find((line) => line.startsWith("pairs"));
    expect(pairs(inputOf(files))).toMatch(/ 1 +no question tells apart 0$/);
    const unasked = new Map([...files].filter(([file]) => file !== "questions/did-it.yaml"));
    expect(pairs(inputOf(unasked))).toMatch(/ 1 +no question tells apart 1$/);
  });

  it("count what the rules find", () => {
    const lines = countLines(changed(zh, "它事先说过。", "It said so before.")).join("\n");
    expect(lines).toMatch(/Chinese complete +1 of 2/);
  });
});
