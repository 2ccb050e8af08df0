/** The values of credentials are in no part of an answer, however they stand in the log and however it comes in. */

import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { loadMatcher } from "../match/matcher.ts";
import { createExplainer } from "./explainer.ts";

/** Looks like an address and like a version, so that facts are tried, too. */
const secret = ["s3cr3t", "v4lue.example:2024"].join("");
const dropped = "14 UNAVAILABLE: Connection dropped";
/** More than a line may have to be read whole. */
const filler = `"x":"${"y".repeat(70)}",`.repeat(300);

const matcher = loadMatcher(table);

function answerTo(log: string, pieceBytes: number): string {
  const bytes = new TextEncoder().encode(log);
  const explainer = createExplainer(matcher);
  for (let at = 0; at < bytes.length; at += pieceBytes) explainer.push(bytes.subarray(at, at + pieceBytes));
  const explanation = explainer.end();
  expect(explanation.findings.length + explanation.notKnown.length).toBeGreaterThan(0);
  return JSON.stringify(explanation);
}

describe("a credential", () => {
  it.each([
    ["in the line", `${dropped} password=${secret}`],
    ["in the line, between colours", `password\u001b[1m=\u001b[0m${secret} ${dropped}`],
    ["behind a name with colours inside a record", JSON.stringify({ msg: `tok\u001b[1men=${secret} ${dropped}` })],
    ["behind a name with an unseen blank in it", `pass\u200bword=${secret} ${dropped}`],
    [
      "in a field beside",
      JSON.stringify({ level: 50, err: { code: 14, details: "Connection dropped" }, token: secret }),
    ],
    ["in a field of pairs beside", `level=error msg="${dropped}" api_key=${secret}`],
    ["in a field of an object beside", JSON.stringify({ msg: dropped, metadata: { "x-api-key": ["a", secret] } })],
    ["in a version", `${dropped} token: grpc-go/1.2.${secret}`],
    ["in front in a long line", `{"token":"${secret}","msg":"${dropped}",${filler}"z":1}`],
    ["so long that its name is far away", `{"token":"${secret.repeat(400)}","msg":"${dropped}",${filler}"z":1}`],
    [
      "longer than anything that is looked through",
      `{"token":"${secret.repeat(3_000)}","msg":"${dropped}",${filler}"z":1}`,
    ],
    ["at the end of a long line", `{${filler}"cookie":"a=1; b=${secret}","msg":"${dropped}"}`],
  ])("%s", (_, line) => {
    for (const pieceBytes of [1, 65_536]) expect(answerTo(`${line}\n`, pieceBytes)).not.toContain("v4lue");
  });
});
