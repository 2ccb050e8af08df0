import { describe, expect, it } from "vitest";
import type { Finding } from "@holdfast/catalog";
import type { AnswerWords, ShortEntry } from "./answer-words.ts";
import { explanationHtml } from "./explanation-html.ts";

const entry = (title: string): ShortEntry => ({
  title,
  happened: "It broke `here`.",
  closedBy: "The peer.",
  again: "Send it again.",
  why: "Because.",
  todo: ["Mend it."],
  notTodo: ["Hope."],
  beSure: [{ say: "Look:", run: "tshark -Y '<x>'" }],
});

const words: AnswerWords = {
  entries: { "a/one": entry("One & only"), "a/two": entry("Two") },
  questions: { which: { id: "which", ask: "Which?", look: "Look.", answers: [{ id: "yes", text: "Yes." }] } },
};

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: "a/one",
  tied: ["a/one"],
  confidence: 0.9,
  lines: [3, 4],
  occurrences: [[3, 4]],
  count: 2,
  processed: "no",
  text: "<b>text</b>",
  facts: {},
  ...more,
});

const shown = (findings: readonly Finding[], answers: Readonly<Record<string, string>> = {}): string =>
  explanationHtml(
    { known: findings.length > 0, findings, notKnown: [], linesRead: 9, bytesRead: 99 },
    { language: "en", words, answers, entryLink: (id) => `/${id}` },
  ).text;

describe("an answer as HTML", () => {
  it("says of one entry what happened, by whom, whether again, what to do and how to be sure", () => {
    const page = shown([finding()]);
    for (const essential of ["/a/one", "lines 3-4", "2 times", "right in 90 of 100", "<code>here</code>", "Mend it."])
      expect(page).toContain(essential);
    expect(page).toContain("&#60;b&#62;text&#60;/b&#62;");
    expect(page).not.toContain("These differ");
  });

  it("offers the question of a tie as buttons, and keeps the answers that were given", () => {
    const tied = finding({ tied: ["a/one", "a/two"], question: { id: "which", answers: ["yes"] } });
    const page = shown([tied], { other: "no" });
    expect(page).toMatch(/<button form="ask" name="answer" value="which=yes">Yes\./);
    expect(page).toMatch(/<input type="hidden" form="ask" name="answer" value="other=no"/);
    expect(page).toContain("If it is the first of these:");
  });

  it("lets no entry of a tie speak for others on sending again", () => {
    expect(shown([finding({ tied: ["a/one", "a/two"], processed: "depends" })])).toContain("These differ");
    expect(shown([finding({ tied: ["a/one", "a/two"], processed: "no" })])).not.toContain("These differ");
  });

  it("lists a finding whose words are not here by its id", () => {
    expect(shown([finding({ id: "x/own", tied: ["x/own"] })])).toMatch(/<h3>\s*x\/own\s*<\/h3>/);
  });

  it("names the later ones of many findings and tells the first", () => {
    const page = shown(Array.from({ length: 12 }, () => finding()));
    expect(page.match(/<article/g)).toHaveLength(12);
    expect(page.match(/<dl class="facts"/g)).toHaveLength(8);
  });

  it("says what to capture when nothing is known", () => {
    expect(shown([])).toContain("Not known here.");
    expect(shown([])).toContain("tshark");
  });
});
