/** `holdfast explain` without the reader of command lines, which takes longer to load than a short text to explain. */

import { exitStatus } from "../exit-status.ts";
import { readExplainArguments } from "./read-explain-arguments.ts";
import { runExplain } from "./run-explain.ts";
import { OutputError } from "./write-out.ts";

class Mistake extends Error {}

/** Takes what follows `explain`. Undefined, and nothing done, when the command line is one for commander. */
export async function explainAtOnce(args: readonly string[]): Promise<number | undefined> {
  const read = readExplainArguments(args);
  if (read === undefined) return undefined;
  try {
    return await runExplain(read.words, read.flags, (message) => {
      throw new Mistake(message);
    });
  } catch (error) {
    if (error instanceof OutputError) {
      process.stderr.write(`error: ${error.message}\n`);
      return exitStatus.mistake;
    }
    if (!(error instanceof Mistake)) throw error;
    const { plainLines } = await import("../catalog/plain-line.ts");
    const { mistakeHint } = await import("../mistake-hint.ts");
    process.stderr.write(plainLines(`error: ${error.message}\n${mistakeHint()}\n`));
    return exitStatus.mistake;
  }
}
