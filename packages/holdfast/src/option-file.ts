/** Owns files that options of the command name, read and written whole: what goes wrong is told with the option. */

import { readFileSync, writeFileSync } from "node:fs";

/** Prints a mistake and does not return. */
export type Fail = (message: string) => never;

export function readOptionFile(option: string, file: string, fail: Fail): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return fail(`${option}: ${reasonOf(error)}`);
  }
}

export function writeOptionFile(option: string, file: string, text: string, fail: Fail): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    fail(`${option}: ${reasonOf(error)}`);
  }
}

/** An error's own words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
