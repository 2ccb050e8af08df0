/** Runs one `holdfast settings`: facts in by options or questions, files out. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  FactFault,
  type PathFacts,
  planPath,
  readFacts,
  sourceTable,
  writePath,
  type WrittenFile,
} from "@holdfast/path";
import { type FactName, questions, targetNamed, type TypedFacts } from "@holdfast/path/facts";
import { exitStatus } from "../exit-status.ts";
import { writeOut } from "../explain/write-out.ts";
import { askFacts } from "./ask-facts.ts";
import { articleJson, articleText } from "./article-text.ts";
import type { SettingsFlags } from "./settings-command.ts";
import { settingsJson, settingsText, summaryText } from "./settings-text.ts";

/** Beside the files: the path, and what is asked of the application. */
const summaryName = "path.txt";

type Fail = (message: string) => never;

export async function runSettings(flags: SettingsFlags, fail: Fail): Promise<number> {
  if (flags.asIn !== undefined) {
    refuseWithArticle(flags, fail);
    await writeOut(flags.json === true ? articleJson() : articleText());
    return exitStatus.wrong;
  }
  const typed = typedFacts(flags);
  const isAsked = Object.keys(typed).length === 0 && flags.for === undefined && flags.json !== true;
  const facts =
    isAsked && process.stdin.isTTY && process.stderr.isTTY ? await askFacts() : understood(typed, flags, fail);
  if (facts === undefined) return exitStatus.mistake;
  const plan = planPath(facts);
  const files = chosen(writePath(plan, sourceTable), flags.for, fail);
  if (flags.out !== undefined) {
    writeFiles(flags.out, files, summaryText(plan, files), fail);
    await writeOut(
      `${[...files.map(({ name }) => name), summaryName].map((name) => join(flags.out ?? "", name)).join("\n")}\n`,
    );
  } else if (flags.json === true) await writeOut(settingsJson(plan, files));
  else await writeOut(flags.for === undefined ? settingsText(plan, files) : files.map(({ text }) => text).join("\n"));
  return exitStatus.fine;
}

function typedFacts(flags: SettingsFlags): TypedFacts {
  const given = flags as Readonly<Record<string, unknown>>;
  const named = questions.map(({ fact }) => [fact, given[camel(fact)]] as const);
  return Object.fromEntries(named.filter((each): each is readonly [FactName, string] => typeof each[1] === "string"));
}

function camel(fact: string): string {
  return fact.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function understood(typed: TypedFacts, flags: SettingsFlags, fail: Fail): PathFacts {
  const hops = typed.hops ?? pathThrough(flags.for);
  try {
    return readFacts(hops === undefined ? typed : { ...typed, hops });
  } catch (error) {
    if (error instanceof FactFault) return fail(`--${error.fact}: ${error.message}`);
    throw error;
  }
}

/** `--for nginx` alone means a path that has one. */
function pathThrough(name: string | undefined): string | undefined {
  const target = name === undefined ? undefined : targetNamed(name);
  if (target === undefined) return undefined;
  if (target === "kubernetes") return "grpc-go,grpc-go,kubernetes";
  const isProgram = ["grpc-go", "grpc-core", "grpc-java", "grpc-js", "holdfast"].includes(target);
  return isProgram ? `${target},${target}` : `grpc-go,${target},grpc-go`;
}

function chosen(files: readonly WrittenFile[], name: string | undefined, fail: Fail): readonly WrittenFile[] {
  if (name === undefined) return files;
  const target = targetNamed(name);
  const found = files.filter((file) => file.target === target);
  const there = [...new Set(files.map((file) => file.target))].join(", ");
  return found.length > 0 ? found : fail(`--for ${name}: not on this path, which has ${there}`);
}

function writeFiles(folder: string, files: readonly WrittenFile[], summary: string, fail: Fail): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, summaryName), summary);
  } catch (error) {
    fail(`--out ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuseWithArticle(flags: SettingsFlags, fail: Fail): void {
  const others = Object.keys(flags).filter((name) => name !== "asIn" && name !== "json");
  if (others.length > 0) fail(`--as-in article has its own path; expected no other option beside it than --json`);
}
