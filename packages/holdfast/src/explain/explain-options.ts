/**
 * The options of `holdfast explain`, once for both that read them: commander, which knows all of a command line and tells
 * mistakes, and `readExplainArguments`, which knows the plain cases and takes no time to load.
 */

import type { Language } from "@holdfast/catalog";

export interface ExplainFlags {
  readonly file?: string;
  readonly answer: readonly string[];
  readonly cause?: string;
  readonly full?: true;
  readonly lang: Language;
  readonly markdown?: true;
  readonly json?: true;
  readonly catalog?: string;
}

export interface ExplainOption {
  readonly name: keyof ExplainFlags;
  readonly short?: string;
  /** What its value is called; one without is on or absent. */
  readonly value?: string;
  readonly says: string;
  readonly choices?: readonly string[];
  readonly conflicts?: keyof ExplainFlags;
  readonly isList?: true;
}

export const explainOptions: readonly ExplainOption[] = [
  { name: "file", short: "f", value: "path", says: "read a file, or standard input for -" },
  {
    name: "answer",
    value: "[question=]answer",
    says: "answer a question that was asked; may be given several times",
    isList: true,
  },
  { name: "cause", value: "name", says: 'list the texts of a popular cause, such as "idle timeout"' },
  { name: "full", says: "print everything that is known" },
  { name: "lang", value: "language", says: "language of the answer", choices: ["en", "zh"] },
  { name: "markdown", says: "print Markdown", conflicts: "json" },
  { name: "json", says: "print one JSON object" },
  {
    name: "catalog",
    value: "folder",
    says: "read records of your own, the *.json of a folder; they go before ours",
  },
];

/** What an option is when it is not given. */
export const explainDefaults = { answer: [] as readonly string[], lang: "en" } as const;
