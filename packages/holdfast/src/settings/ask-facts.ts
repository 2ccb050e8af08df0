/** Asks a person on a terminal for the facts, one question at a time; Enter takes the default. */

import { createInterface } from "node:readline";
import { FactFault, type PathFacts, readFacts } from "@holdfast/path";
import { type FactName, type Question, questions, type TypedFacts } from "@holdfast/path/facts";
import { screen } from "../catalog/screen.ts";
import { wrapText } from "../demo/wrap-text.ts";

/** `undefined` when the person left with Ctrl-D or Ctrl-C. What is asked goes to standard error: output is the files'. */
export async function askFacts(): Promise<PathFacts | undefined> {
  const { paint } = screen();
  const columns = Math.min(process.stderr.columns, 100);
  const tell = (text: string): void => {
    process.stderr.write(
      wrapText(text, columns - 2)
        .map((line) => `  ${line}\n`)
        .join(""),
    );
  };
  const reading = createInterface({ input: process.stdin, output: process.stderr });
  // An iterator keeps lines that came before they were asked for, as in what is pasted.
  const lines = reading[Symbol.asyncIterator]();
  try {
    let answers: TypedFacts = {};
    for (const question of questions satisfies readonly Question[]) {
      const { fact, ask, why, otherwise, matters }: Question & { readonly fact: FactName } = question;
      if (matters?.(readFacts(answers)) === false) continue;
      process.stderr.write(`${wrapText(ask, columns).map(paint.strong).join("\n")}\n`);
      tell(why);
      for (;;) {
        reading.setPrompt(`  [${otherwise}] `);
        reading.prompt();
        const { value, done } = await lines.next();
        if (done === true) return undefined;
        const answer = value.trim();
        const next = answer === "" ? answers : { ...answers, [fact]: answer };
        const fault = faultIn(next);
        if (fault === undefined) {
          answers = next;
          break;
        }
        tell(fault);
      }
    }
    return readFacts(answers);
  } finally {
    reading.close();
    process.stderr.write("\n");
  }
}

/** Of the last answer: those before it were taken. */
function faultIn(answers: TypedFacts): string | undefined {
  try {
    readFacts(answers);
    return undefined;
  } catch (error) {
    if (error instanceof FactFault) return error.message;
    throw error;
  }
}
