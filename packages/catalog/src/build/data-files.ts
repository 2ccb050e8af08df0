/**
 * What the build leaves for those who load the catalog: path below `dist/data` → text. Modules hold their value as a JSON
 * string: V8 reads a long JSON text faster than the same value as an object literal, and only when the module is loaded.
 */

import { packTable } from "../match/packed-table.ts";
import type { SignatureTable } from "../match/signature-table.ts";
import { emptyIndex, extendIndex, searchTexts } from "../search/index.ts";
import type { EntryRecord, EntryText } from "../record/entry-record.ts";
import type { CompiledCatalog } from "./compile-catalog.ts";
import { recordSchemas } from "./record-schemas.ts";

export function dataFiles({ records, table }: CompiledCatalog): ReadonlyMap<string, string> {
  const schemas = recordSchemas();
  const documents = records.map((record) => ({ id: record.id, texts: searchTexts(record) }));
  return new Map([
    ["signatures.js", tableModule(table)],
    ["records.js", jsonModule("records", records)],
    ...records.map((record) => [`entries/${record.id}.js`, jsonModule("record", record)] as const),
    ...records.map((record) => [`words/${record.id}.js`, jsonModule("words", textOf(record))] as const),
    [
      "titles.js",
      jsonModule("titles", Object.fromEntries(records.map((each) => [each.id, [each.title, each.title_zh]]))),
    ],
    ...records.flatMap(({ questions }) =>
      questions.map((question) => [`questions/${question.id}.js`, jsonModule("question", question)] as const),
    ),
    ["search-index.js", jsonModule("index", extendIndex(emptyIndex, documents))],
    ["schema.json", json(schemas.entry)],
    ["received-record.schema.json", json(schemas.received)],
  ]);
}

/** A tenth of the record: what `holdfast explain` loads of an entry. */
function textOf(record: EntryRecord): EntryText {
  const { id, title, title_zh, happened, happened_zh, closed_by, closed_by_zh, processed, root_cause } = record;
  const { root_cause_zh, workarounds, workarounds_zh, workarounds_how_zh, dead_ends, dead_ends_zh, be_sure } = record;
  return {
    ...{ id, title, title_zh, happened, happened_zh, closed_by, closed_by_zh, processed, root_cause, root_cause_zh },
    workarounds: workarounds.map(withoutPrograms),
    dead_ends: dead_ends.map(withoutPrograms),
    ...{ workarounds_zh, workarounds_how_zh, dead_ends_zh, be_sure },
  };
}

/** An answer shows the rate of all programs together. */
function withoutPrograms<T extends Pick<EntryRecord["workarounds"][number], "measured">>(claim: T): T {
  return claim.measured === null ? claim : { ...claim, measured: { ...claim.measured, by: [] } };
}

function tableModule(table: SignatureTable): string {
  const importing = 'import { unpackTable } from "../match/packed-table.js";';
  return `${importing}\nexport const table = unpackTable(${parsed(packTable(table))});\n`;
}

export function jsonModule(name: string, value: unknown): string {
  return `export const ${name} = ${parsed(value)};\n`;
}

function parsed(value: unknown): string {
  // The only two characters that JSON leaves alone and single quotes do not.
  const text = JSON.stringify(value).replaceAll(/[\\']/g, (character) => `\\${character}`);
  return `JSON.parse('${text}')`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
