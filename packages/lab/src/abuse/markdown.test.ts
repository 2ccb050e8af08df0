import { expect, it } from "vitest";
import { renderSections } from "./markdown.ts";
import type { AbuseRow } from "./run-abuse.ts";

const row: AbuseRow = {
  abuse: "x-flood",
  subject: "holdfast",
  told: 'GOAWAY ENHANCE_YOUR_CALM "limit-x: a|b"',
  connections: 3,
  attackBytes: 1_000,
  peakBytes: 0x500_0000,
  restBytes: 0x300_0000,
  nanosPerAttackByte: 4.321,
  nanosPerHonestByte: 123.4,
  honestSent: 400,
  honestAnswered: 400,
  honestSlowestMs: 7.4,
  survived: true,
};

it("has a section for each abuse, with the limit, its default, what was shortened, and a row for each server", () => {
  const abuse = {
    name: "x-flood",
    title: "flood of X",
    limits: ["limit-x", "xMs"],
    defaults: "5 s",
    shortened: { xMs: 1_500 },
    run: () => Promise.resolve(),
  };
  const { nanosPerAttackByte, ...slow } = row;
  expect(nanosPerAttackByte).toBe(4.321);
  const rows = [row, { ...slow, subject: "other", honestAnswered: 1, survived: false }];
  expect(renderSections([abuse], [...rows, { ...row, abuse: "y-flood" }])).toBe(`## x-flood: flood of X

Limit: \`limit-x\`, \`xMs\`; default 5 s. Measured with \`xMs\` 1.5 s.

| server | what the peer is told | peak MiB (before) | CPU ns per octet: attack / honest | honest calls answered (slowest) |
| --- | --- | --- | --- | --- |
| holdfast | GOAWAY ENHANCE_YOUR_CALM "limit-x: a\\|b" | 80 (48) | 4.3 / 123 | **400**/400 (7 ms) |
| other | **the process died**; GOAWAY ENHANCE_YOUR_CALM "limit-x: a\\|b" | 80 (48) | – / 123 | 1/400 (7 ms) |
`);
});
