/** Asks a person on a terminal for the facts, one question at a time; Enter takes the default. */

import { createInterface } from "node:readline/promises";
import { FactFault, type PathFacts, readFacts } from "@holdfast/path";
import { type FactName, questions } from "@holdfast/path/facts";
import { wrapText } from "../demo/wrap-text.ts";
import { screen } from "../catalog/screen.ts";

/** `undefined` when the person left with Ctrl-D or Ctrl-C. */
export async function askFacts(): Promise<PathFacts | undefined> {
  const { paint, columns } = screen();
  const answers: Partial<Record<FactName, string>> = {};
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const left = new AbortController();
  asking.once("close", () => left.abort());
  try {
    for (const { fact, ask, why, otherwise } of questions) {
      for (;;) {
        process.stderr.write(
          `${paint.strong(ask)}\n${wrapText(why, columns - 2)
            .map((line) => `  ${line}\n`)
            .join("")}`,
        );
        const answer = (await asking.question(`  [${otherwise}] `, { signal: left.signal })).trim();
        const fault = faultIn({ ...answers, ...(answer === "" ? {} : { [fact]: answer }) }, fact);
        if (fault === undefined) {
          if (answer !== "") answers[fact] = answer;
          break;
        }
        process.stderr.write(`  ${fault}\n`);
      }
    }
    process.stderr.write("\n");
    return readFacts(answers);
  } catch (error) {
    if (!left.signal.aborted) throw error;
    process.stderr.write("\n");
    return undefined;
  } finally {
    asking.close();
  }
}

function faultIn(answers: Partial<Record<FactName, string>>, fact: FactName): string | undefined {
  try {
    readFacts(answers);
    return undefined;
  } catch (error) {
    if (error instanceof FactFault && error.fact === fact) return error.message;
    throw error;
  }
}
