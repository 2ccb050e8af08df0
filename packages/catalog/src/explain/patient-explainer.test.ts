import { describe, expect, it } from "vitest";
import { answerClasses } from "./answer-class.ts";
import { createExplainer, explain, type Explainer, type ExplainOptions } from "./index.ts";

const text = "14 UNAVAILABLE: Connection dropped";

describe("a short input that is read again", () => {
  it("is answered as the text it was, with less confidence where words were restored", () => {
    const alone = explain(text).findings[0];
    const shouted = explain(text.toUpperCase()).findings[0];
    expect(shouted?.tied).toEqual(alone?.tied);
    expect(shouted?.confidence).toBeLessThan(alone?.confidence ?? 0);
  });

  it("counts lines and bytes of the input, not of what it was made into", () => {
    const input = JSON.stringify(`order failed\n\nSocketError: HTTP/2: "GOAWAY" frame received with code 0`).slice(
      1,
      -1,
    );
    const { findings, linesRead, bytesRead } = explain(input);
    expect(findings[0]?.lines).toEqual([1, 1]);
    expect([linesRead, bytesRead]).toEqual([1, input.length]);
  });

  it("tells the lines of the input when a text was escaped and others were not", () => {
    const input = `started\nall is well\nfailed: 14\\x20UNAVAILABLE: connection\\x20dropped\nstopped`;
    const { findings } = explain(input);
    expect(findings.map(({ lines }) => lines)).toEqual([[3, 3]]);
  });

  it.each([
    ["UNAVAILABLE: Stream removed (Socket closed (GOAWAY received; Error code: 0; Debu\ng Text: session_timed_out))"],
    ["UNAVAILABLE: Stream removed (Socket closed (GOAWAY received; Error code: 0;\nDebug Text: session_timed_out))"],
    [
      "> UNAVAILABLE: Stream removed (Socket closed (GOAWAY received; Error\n> code: 0; Debug Text: session_timed_out))",
    ],
  ])("takes a line that was broken for one failure: %j", (input) => {
    const { findings } = explain(input);
    expect(findings.map(({ id, lines }) => [id, lines])).toEqual([["lb/gfe-goaway-and-timeouts", [1, 2]]]);
  });

  it("takes two failures for two", () => {
    const other = "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)";
    expect(explain(`${other}\n${text}`).findings.map(({ lines }) => lines)).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it("answers the same in pieces and twice", () => {
    const explainer = createExplainer();
    for (const byte of new TextEncoder().encode(text.toUpperCase())) explainer.push(Uint8Array.of(byte));
    const first = explainer.end();
    expect(first.findings).toEqual(explain(text.toUpperCase()).findings);
    expect(explainer.end()).toEqual(first);
    expect(explainer.answerClasses).toHaveLength(first.findings.length);
  });

  it.each([
    ["goaway-before", text],
    ["goaway-before", text.toUpperCase()],
    ["goaway-before", `${text}${String.raw`\n`}`],
    ["quiet-before-the-call", "14 UNAVAILABLE: read ECONNRES"],
  ])("settles by the answers to %s that were given last: %j", (question, input) => {
    const given = { [question]: "yes" };
    const other = { [question]: "no" };
    const read = (options?: ExplainOptions): Explainer => {
      const explainer = createExplainer(options);
      explainer.push(new TextEncoder().encode(input));
      return explainer;
    };
    const once = (answers: ExplainOptions["answers"]): readonly unknown[] => {
      const explainer = read();
      return [explainer.end(answers), explainer.answerClasses];
    };
    const explainer = read({ answers: given });
    for (const answers of [given, {}, other, given, other]) {
      expect([explainer.end(answers), explainer.answerClasses]).toEqual(once(answers));
    }
    expect(explainer.end()).toEqual(read().end(given));
    expect(explainer.end(given)).not.toEqual(explainer.end({}));
    expect(explainer.end({}).findings[0]?.question).toBeDefined();
  });

  it("masks what escapes hid", () => {
    const input = encodeURIComponent(`authorization: Bearer abcdefghijklmnop\n${text}`);
    expect(JSON.stringify(explain(input))).not.toContain("abcdefghijklmnop");
  });

  it("leaves a long input as it is", () => {
    const [finding] = explain(`${text.toUpperCase()}\n${"x\n".repeat(4_000)}`).findings; // more than 4 KiB
    expect(finding?.confidence).toBe(answerClasses.phrase);
  });

  it.each(["rtmp stream refused by server policy", "deadline exceeded: pull request must be merged before Friday"])(
    "is silent on %j",
    (line) => {
      expect(explain(line).known).toBe(false);
    },
  );
});
