/** What peers wrote reaches a terminal and a page as text, whatever they wrote. */

import { foldText } from "@holdfast/catalog/fold-text";
import { describe, expect, it } from "vitest";
import { plainScreen } from "../../test/plain-screen.ts";
import type { Diagnosis } from "../steps/index.ts";
import { diagnosisHtml, diagnosisJson, diagnosisText, stepText } from "./index.ts";

const evil = `<script>alert("1")</script>\u001b[2J\r\n\u202e&'`;

const diagnosis: Diagnosis = {
  target: { host: "shop.example", port: 443, service: evil },
  startedAt: "2026-11-22T02:51:26.123Z",
  tookMs: 1_234.5,
  verdict: "failed",
  steps: [
    {
      ...{ id: "health", title: "gRPC health", verdict: "failed", headline: `it says ${evil}`, tookMs: 1_500 },
      facts: [
        { name: "ALPN", value: `h2 ${"word ".repeat(40)}` },
        { name: evil, value: evil },
        { name: "grpc.reflection.v1alpha.ServerReflection", value: "ServerReflectionInfo (both stream)" },
      ],
      findings: [
        {
          id: "http-error",
          verdict: "failed",
          text: evil,
          advice: evil,
          catalogId: "proxy/http-error-instead-of-grpc",
        },
        { id: "not-serving", verdict: "doubtful", text: "a", advice: "b" },
      ],
    },
    {
      ...{ id: "frames", title: "Frames", verdict: "well", headline: "two", tookMs: 0.4, facts: [], findings: [] },
      trace: [
        { atMs: 1.25, connection: 1, from: "client", text: `PING ${"0".repeat(16)} `.repeat(9) },
        { atMs: 20_000, connection: 2, from: "server", text: "GOAWAY NO_ERROR" },
      ],
    },
  ],
};

describe("a report", () => {
  it("as text keeps to its columns and holds nothing that a terminal obeys", () => {
    const text = diagnosisText(diagnosis, { ...plainScreen(foldText), columns: 80 });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(text).toContain("!!  1. gRPC health: it says\n       <script>");
    expect(text).toContain("(1.5 s)");
    expect(text).toContain(
      "       grpc.reflection.v1alpha.ServerReflection\n           ServerReflectionInfo (both stream)\n",
    );
    expect(text).toContain("     1.3 ms  #1 > PING");
    expect(text).toContain("20000.0 ms  #2 < GOAWAY NO_ERROR");
    expect(text).toMatch(
      /1 failed, 1 doubtful, in 1\.2 s\.\n.*\n {2}holdfast show proxy\/http-error-instead-of-grpc\n$/,
    );
  });

  it("as text keeps to its columns where a headline has several lines", () => {
    const [step] = diagnosis.steps;
    for (let length = 60; length < 90; length++) {
      const headline = `${"word ".repeat(12)}${"x".repeat(length - 60)} ${"word ".repeat(40)}`;
      const text =
        step === undefined ? "" : stepText({ ...step, headline }, 10, { ...plainScreen(foldText), columns: 80 });
      expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it("as a page has one sentence for a heading, and a name once for what it names in a row", () => {
    const [step] = diagnosis.steps;
    if (step === undefined) throw new Error("no step");
    const facts = [
      { name: "seen", value: "one" },
      { name: "seen", value: "two" },
    ];
    const page = diagnosisHtml({
      ...diagnosis,
      steps: [{ ...step, headline: "It left, 2.0 s later. It came back.", facts }],
    });
    expect(page).toContain("1. gRPC health: It left, 2.0 s later.</h2>\n<p>It came back.</p>");
    expect(page.match(/<tr class="again">/g)).toHaveLength(1);
  });

  it("as a page has no markup but its own, and nothing from elsewhere", () => {
    const page = diagnosisHtml(diagnosis);
    expect(page).not.toMatch(/<script|\u001b|\u202e|https?:\/\/|\bon\w+=/);
    expect(page).toContain("&#60;script&#62;alert(&#34;1&#34;)");
    expect(page).toContain("2026-11-22 02:51:26 UTC");
  });

  it("as JSON is what it is", () => {
    expect(JSON.parse(diagnosisJson(diagnosis))).toEqual({ format: "holdfast-diagnosis/1", ...diagnosis });
  });

  it("that is all well says so in a line", () => {
    const well: Diagnosis = { ...diagnosis, verdict: "well", steps: [] };
    expect(diagnosisText(well, plainScreen(foldText))).toMatch(/\nAll is well, in 1\.2 s\.\n$/);
  });
});
