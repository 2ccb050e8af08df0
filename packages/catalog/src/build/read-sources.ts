/**
 * The files of `entries/` and `questions/` → checked sources, and a list of everything that is wrong. An entry with a
 * problem is left out, the others stay. What takes several entries to judge (edges, ties, questions) is the gate's.
 */

import type { z } from "zod";
import {
  entryFacts,
  entrySignatures,
  entryWords,
  questionSource,
  type EntryFacts,
  type EntrySignatures,
  type EntryWords,
  type QuestionSource,
} from "./entry-source.ts";
import type { MeasuredFile } from "../record/measured-file.ts";
import { withoutFoldBlanks } from "./han-text.ts";
import { parseMeasured } from "./parse-measured.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { Problem } from "./problem.ts";
import { wordMismatches } from "./word-mismatches.ts";

export interface EntrySource {
  /** `domain/slug`, from where the folder stands. */
  readonly id: string;
  readonly facts: EntryFacts;
  readonly en: EntryWords;
  readonly zh: EntryWords;
  readonly signatures: EntrySignatures;
  /** What its experiment counted; undefined where there is no result. */
  readonly measured: MeasuredFile | undefined;
}

export interface Question {
  /** The file's name. */
  readonly id: string;
  readonly source: QuestionSource;
}

export interface CatalogSources {
  /** By id. */
  readonly entries: readonly EntrySource[];
  /** Ids of entries that are there and were left out, so that who points at them is not blamed as well. */
  readonly brokenIds: readonly string[];
  /** By id. */
  readonly questions: readonly Question[];
  readonly problems: readonly Problem[];
}

/** Path from the package's folder, with `/` → text. */
export type SourceFiles = ReadonlyMap<string, string>;

const entryFile = /^entries\/([a-z0-9-]+\/[a-z0-9-]+)\/(?:(?:entry|en|zh|signatures)\.yaml|measured\.json)$/;
const questionFile = /^questions\/([a-z0-9-]+)\.yaml$/;

export function readSources(files: SourceFiles): CatalogSources {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  const questions: Question[] = [];
  for (const [file, text] of files) {
    const id = entryFile.exec(file)?.[1];
    const questionId = questionFile.exec(file)?.[1];
    if (id !== undefined) ids.add(id);
    else if (questionId !== undefined) {
      const parsed = parseYaml(file, text, questionSource);
      if (parsed.kind === "value") questions.push({ id: questionId, source: parsed.value });
      else problems.push(...parsed.problems);
    } else {
      const what =
        "expected entries/<domain>/<slug>/{entry,en,zh,signatures}.yaml, measured.json there, or questions/<slug>.yaml";
      problems.push({ file, line: 0, field: "", what });
    }
  }
  const entries = [...ids].map((id) => readEntry(id, files, problems)).filter((entry) => entry !== undefined);
  const brokenIds = [...ids].filter((id) => !entries.some((entry) => entry.id === id));
  return { entries: entries.sort(byId), brokenIds, questions: questions.sort(byId), problems };
}

function readEntry(id: string, files: SourceFiles, problems: Problem[]): EntrySource | undefined {
  const before = problems.length;
  const read = <S extends z.ZodType>(name: string, schema: S): z.infer<S> | undefined => {
    const file = `entries/${id}/${name}.yaml`;
    const text = files.get(file);
    if (text === undefined) {
      problems.push({ file, line: 0, field: "", what: "the file is missing" });
      return undefined;
    }
    const parsed = parseYaml(file, text, schema);
    if (parsed.kind === "value") return parsed.value;
    problems.push(...parsed.problems);
    return undefined;
  };
  const facts = read("entry", entryFacts);
  const en = read("en", entryWords);
  const zh = read("zh", entryWords);
  const signatures = read("signatures", entrySignatures);
  const measuredName = `entries/${id}/measured.json`;
  const measuredText = files.get(measuredName);
  const measured = measuredText === undefined ? undefined : parseMeasured(measuredName, measuredText);
  if (measured?.kind === "problems") problems.push(...measured.problems);
  if (facts === undefined || en === undefined || zh === undefined || signatures === undefined) return undefined;
  problems.push(...wordMismatches(`entries/${id}`, facts, en, zh));
  if (problems.length > before) return undefined;
  const result = measured?.kind === "value" ? measured.value : undefined;
  return { id, facts, en, zh: withoutFoldBlanks(zh), signatures, measured: result };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
