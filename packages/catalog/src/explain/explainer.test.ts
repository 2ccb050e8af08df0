import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMatcher } from "../match/matcher.ts";
import type { SignatureTable, TableSignature } from "../match/signature-table.ts";
import { explainWith } from "./explain-with.ts";
import { createExplainer } from "./explainer.ts";
import type { ExplainOptions, Explanation } from "./explanation.ts";

const ids = [
  "tcp/fin",
  "grpc/after-goaway",
  "http2/pings",
  "http2/reset",
  "proxy/died",
  "lb/nlb-idle-350s",
  "any/generic",
];

function signature(entry: number, text: string, rest: Partial<TableSignature> = {}): TableSignature {
  const base = {
    implementation: "grpc-js",
    code: "UNAVAILABLE",
    rank: 1,
    whole: false,
    context: "none",
    role: "failure",
  } as const;
  return { ...base, entry, text, ...rest };
}

const table: SignatureTable = {
  entries: ids.map((id, index) => ({ id, aliases: [], processed: index === 1 ? "no" : "maybe", confusedWith: [] })),
  signatures: [
    signature(0, "Connection dropped", { whole: true, context: "status" }),
    signature(1, "Connection dropped", { whole: true, context: "status", rank: 2 }),
    signature(5, "Connection dropped", { whole: true, context: "status", rank: 3 }),
    signature(1, "connection closed by GOAWAY with code {int}", { code: null, role: "clue" }),
    signature(2, "Bandwidth exhausted or memory limit exceeded", { code: "RESOURCE_EXHAUSTED" }),
    signature(3, "Received RST_STREAM with code {http2_code:int}", { code: "INTERNAL" }),
    signature(6, "Received RST_STREAM with code {int} ({text})", { code: "INTERNAL", rank: 2 }),
    signature(0, "transport is closing", { implementation: "grpc-go" }),
    signature(4, "upstream prematurely closed connection", { implementation: "nginx", code: null }),
    signature(0, "connection reset by peer", { implementation: "any", code: null, context: "grpc" }),
    signature(1, "error reading from server: EOF", { implementation: "grpc-go" }),
    signature(6, "GOAWAY received; Debug Text: {debug_data:text}", { implementation: "grpc-core" }),
    signature(2, "Debug Text: too_many_pings", { implementation: "grpc-core" }),
  ],
  questions: [{ id: "goaway-before", answers: { yes: ["grpc/after-goaway"], no: ["tcp/fin"] } }],
  reasons: {},
};

const explain = (text: string | Uint8Array, options?: ExplainOptions): Explanation =>
  explainWith(loadMatcher(table), text, options);
const tied = (text: string, options?: ExplainOptions): readonly (readonly string[])[] =>
  explain(text, options).findings.map((finding) => finding.tied);

const dropped = `Error: 14 UNAVAILABLE: Connection dropped
    at callErrorFromStatus (/app/node_modules/@grpc/grpc-js/build/src/call.js:32:19) {
  code: 14,
  details: 'Connection dropped',
  metadata: Metadata {}
}`;

describe("explaining", () => {
  it("orders entries that share a text by rank and asks the question that parts them", () => {
    const [finding] = explain(dropped).findings;
    expect(finding).toMatchObject({
      id: "tcp/fin",
      tied: ["tcp/fin", "grpc/after-goaway", "lb/nlb-idle-350s"],
      lines: [1, 6],
      count: 1,
      processed: "depends",
      text: "Error: 14 UNAVAILABLE: Connection dropped",
      question: { id: "goaway-before", answers: ["yes", "no"] },
      facts: { implementation: "grpc-js", code: "UNAVAILABLE" },
    });
  });

  it("takes answers", () => {
    expect(tied(dropped, { answers: { "goaway-before": "yes" } })).toEqual([["grpc/after-goaway", "lb/nlb-idle-350s"]]);
    const explainer = createExplainer(loadMatcher(table));
    explainer.push(new TextEncoder().encode(dropped));
    expect(explainer.end().findings[0]?.id).toBe("tcp/fin");
    expect(explainer.end({ "goaway-before": "yes" }).findings[0]?.id).toBe("grpc/after-goaway");
    expect(explainer.answerClasses).toEqual(["answered"]);
  });

  it("lets a clue shortly before go first", () => {
    const text = `D 2026 | connection closed by GOAWAY with code 0\n${dropped}`;
    expect(tied(text)[0]?.[0]).toBe("grpc/after-goaway");
    expect(tied(`connection closed by GOAWAY with code 0\n${"x\n".repeat(300)}${dropped}`)[0]?.[0]).toBe("tcp/fin");
  });

  it("lets a clue right behind go first, if every such failure has one", () => {
    const clue = "D 2026 | connection closed by GOAWAY with code 0\n";
    const one = `Error: 14 UNAVAILABLE: Connection dropped\nfine\n${clue}`;
    expect(tied(one)[0]?.[0]).toBe("grpc/after-goaway");
    expect(explain(one).findings[0]?.confidence).toBe(0.92);
    const far = "fine\n".repeat(30);
    expect(tied(one.replace("fine\n", far))[0]?.[0]).toBe("tcp/fin");
    const gap = "fine\n".repeat(300); // so that no clue reaches the second one from in front
    expect(tied(`${one}${gap}${one}`).map(([first]) => first)).toEqual(["grpc/after-goaway"]);
    expect(tied(`${one}${gap}${dropped}`).map(([first]) => first)).toEqual(["tcp/fin"]);
  });

  it("lets no clue speak that came much later", () => {
    const at = (second: number): string => new Date(second * 1_000).toISOString();
    const lines = (second: number): string =>
      `${at(10)} Error: 14 UNAVAILABLE: Connection dropped\n${at(second)} connection closed by GOAWAY with code 0`;
    expect(tied(lines(11))[0]?.[0]).toBe("grpc/after-goaway");
    expect(tied(lines(60))[0]?.[0]).toBe("tcp/fin");
  });

  it("lets regular intervals go first", () => {
    const at = (second: number): string => new Date(second * 1_000).toISOString();
    const lines = [0, 350, 701, 1_050].map((second) => `${at(second)} Error: 14 UNAVAILABLE: Connection dropped`);
    expect(tied(lines.join("\n"))).toEqual([["lb/nlb-idle-350s", "tcp/fin", "grpc/after-goaway"]]);
    const irregular = [0, 100, 701, 1_000].map((second) => `${at(second)} Error: 14 UNAVAILABLE: Connection dropped`);
    expect(tied(irregular.join("\n"))[0]?.[0]).toBe("tcp/fin");
  });

  it("decides by the status that must go with the text", () => {
    expect(
      explain("8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded").findings[0]?.confidence,
    ).toBeGreaterThan(0.95);
    expect(explain("14 UNAVAILABLE: Bandwidth exhausted or memory limit exceeded").findings[0]?.confidence).toBe(0.5);
  });

  it("lets words in a text's last hole be finer than the text", () => {
    expect(tied('details = "GOAWAY received; Debug Text: too_many_pings"')).toEqual([["http2/pings", "any/generic"]]);
    expect(tied('details = "GOAWAY received; Debug Text: bye"')).toEqual([["any/generic"]]);
  });

  it("asks for gRPC around words that everybody uses", () => {
    expect(tied("redis: connection reset by peer, giving up")).toEqual([]);
    expect(tied("redis: connection reset by peer, giving up\ngrpc server listening")).toEqual([["tcp/fin"]]);
    expect(tied("14 UNAVAILABLE: read tcp: connection reset by peer")).toEqual([["tcp/fin"]]);
  });

  it.each([
    ["transport is closing", ["tcp/fin"]],
    ["connection reset by peer", ["tcp/fin"]],
    ["Connection dropped", ["tcp/fin", "grpc/after-goaway", "lb/nlb-idle-350s"]],
    ["EOF", ["grpc/after-goaway"]],
    ["Received RST_STREAM", ["http2/reset", "any/generic"]],
  ])("answers the bare text %s with all that share it", (text, expected) => {
    expect(tied(text)).toEqual([expected]);
    expect(tied(`\n  ${text}\r\n`)).toEqual([expected]);
  });

  it("says nothing about other things", () => {
    const log = [
      "GET / 200",
      "Error: ENOSPC",
      "x closed the dropped connection",
      "UNKNOWN: 7",
      "EOF reached\nmore",
    ].join("\n");
    expect(explain(log)).toMatchObject({ known: false, findings: [], notKnown: [] });
  });

  it("tells of failed calls that it does not know, masked", () => {
    const { known, notKnown } = explain("a\nError: 13 INTERNAL: no such token=abcdefgh\nb");
    expect(known).toBe(false);
    expect(notKnown).toEqual([
      {
        line: 2,
        text: "Error: 13 INTERNAL: no such token=[masked]",
        facts: { implementation: "grpc-js", code: "INTERNAL" },
      },
    ]);
  });

  it("counts repeats and keeps the order of the input", () => {
    const { findings, linesRead } = explain(`${dropped}\n12 upstream prematurely closed connection\n${dropped}\n`);
    expect(findings.map(({ id, count, occurrences }) => [id, count, occurrences])).toEqual([
      [
        "tcp/fin",
        2,
        [
          [1, 6],
          [8, 13],
        ],
      ],
      ["proxy/died", 1, [[7, 7]]],
    ]);
    expect(linesRead).toBe(13);
  });

  it("finds the same wherever the input is cut", () => {
    const noise = "2026-11-21T12:00:00Z INFO request served in 12 ms\n".repeat(3_000);
    const bytes = new TextEncoder().encode(`${noise}${dropped}\n${noise}${noise}${dropped}\n${noise}`);
    const whole = explain(bytes);
    expect(whole.findings[0]).toMatchObject({
      count: 2,
      occurrences: [
        [3_001, 3_006],
        [9_007, 9_012],
      ],
    });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        const explainer = createExplainer(loadMatcher(table));
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          explainer.push(bytes.slice(at, at + Math.max(size, 5_000)));
          at += Math.max(size, 5_000);
        }
        expect(explainer.end()).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  it("counts lines on while it forgets what lies behind", () => {
    const piece = `${"2026-11-21T12:00:00Z INFO request served in 12 ms\n".repeat(94)}${dropped}\n`; // 100 lines
    const { findings, linesRead } = explain(piece.repeat(700)); // some 3.5 MB
    expect(findings[0]?.count).toBe(700);
    expect(findings[0]?.occurrences.at(-1)).toEqual([69_995, 70_000]); // the last piece's
    expect(linesRead).toBe(70_000); // 700 pieces
  });

  it("looks at a line of many megabytes through windows", () => {
    const long = `${"x".repeat(3_000_000)} 14 UNAVAILABLE: transport is closing ${"y".repeat(2_000_000)}`;
    const { findings, linesRead } = explain(`first\n${long}\nlast`);
    expect(findings.map(({ id, lines }) => [id, lines])).toEqual([["tcp/fin", [2, 2]]]);
    expect(findings[0]?.text.length).toBeLessThanOrEqual(500);
    expect(linesRead).toBe(3);
  });

  it("finds each failure in one long line once", () => {
    const piece = `{"err":"14 UNAVAILABLE: transport is closing"},${"z".repeat(30_000)}`;
    const counts = explain(piece.repeat(20)).findings.map(({ count }) => count);
    expect(counts.reduce((sum, count) => sum + count)).toBe(20);
  });

  it("looks at the beginning of a line that holds failures without end, and at the lines behind it", () => {
    const failure = "14 UNAVAILABLE: transport is closing";
    const piece = `{"err":"${failure}"},${"z".repeat(16_400)}`; // more than one window shows
    const { findings } = explain(`${piece.repeat(1_002)}\n${failure}\n`);
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(1_001); // 1,000 windows, and the last line
    expect(findings.at(-1)?.occurrences.at(-1)).toEqual([2, 2]);
  });
});
