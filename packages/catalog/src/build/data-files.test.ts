import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { type PackedTable, unpackTable } from "../match/packed-table.ts";
import { compileCatalog } from "./compile-catalog.ts";
import { dataFiles, jsonModule } from "./data-files.ts";
import { readSources } from "./read-sources.ts";

const compiled = compileCatalog(readSources(sampleFiles()));
const files = dataFiles(compiled);

/** The exports of a module's text, as a plain object. */
const load = async (text: string): Promise<unknown> => {
  const module: object = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);
  return { ...module };
};

describe("the files of the build", () => {
  it("are the table, the records together and one by one, their words, the index of the search, and the schemas", () => {
    const ids = ["tcp/one", "tcp/two"];
    const records = ["records.js", ...ids.map((id) => `entries/${id}.js`)];
    const words = [...ids.map((id) => `words/${id}.js`), "titles.js", "questions/did-it.js"];
    const rest = ["search-index.js", "schema.json", "received-record.schema.json"];
    expect([...files.keys()]).toEqual(["signatures.js", ...records, ...words, ...rest]);
  });

  it("are the same to the byte whatever order the sources were found in", () => {
    const reversed = readSources(new Map([...sampleFiles()].reverse()));
    expect(dataFiles(compileCatalog(reversed))).toEqual(files);
  });

  it("load as what was compiled", async () => {
    const [, packed = ""] = /unpackTable\((.*)\);\n$/.exec(files.get("signatures.js") ?? "") ?? [];
    const { table } = (await load(`export const table = ${packed}`)) as { table: PackedTable };
    const { entries, signatures, questions, reasons } = unpackTable(table);
    expect({ entries, signatures, questions, reasons }).toEqual(compiled.table);
    expect(await load(files.get("records.js") ?? "")).toEqual({ records: compiled.records });
    expect(await load(files.get("entries/tcp/two.js") ?? "")).toEqual({ record: compiled.records[1] });
  });

  it("carry any text through a module unharmed", async () => {
    const hostile = fc.stringMatching(/^["'`\\\n\r\u2028\u2029${}a]*$/);
    const texts = fc.array(fc.oneof(hostile, fc.string({ unit: "binary" })), { minLength: 10 });
    await fc.assert(
      fc.asyncProperty(texts, async (x) => {
        expect(await load(jsonModule("x", x))).toEqual({ x });
      }),
      { numRuns: 20 }, // of ten texts and more each: to load a module takes milliseconds
    );
  });
});

describe("the JSON Schema", () => {
  const schemaOf = (name: string) => JSON.parse(files.get(name) ?? "") as z.core.JSONSchema.JSONSchema;
  const accepts = (name: string, record: unknown) => z.fromJSONSchema(schemaOf(name)).safeParse(record).success;

  it("is of draft 2020-12, with the received format as the base part of ours", () => {
    const dialect = "https://json-schema.org/draft/2020-12/schema";
    const { $schema: _, title: __, ...received } = schemaOf("received-record.schema.json");
    expect(schemaOf("received-record.schema.json").$schema).toBe(dialect);
    expect(schemaOf("schema.json")).toMatchObject({
      $schema: dialect,
      allOf: [{ $ref: "#/$defs/received" }],
      $defs: { received },
    });
  });

  it("accepts our records in both readings, and fields that others add", () => {
    for (const record of compiled.records) {
      for (const name of ["schema.json", "received-record.schema.json"]) {
        expect(accepts(name, record)).toBe(true);
        expect(accepts(name, { ...record, theirs: 1 })).toBe(true);
      }
    }
  });

  it("refuses a record without what it must have", () => {
    const [record] = compiled.records;
    expect(accepts("schema.json", { ...record, title: undefined })).toBe(false);
    expect(accepts("schema.json", { ...record, resolvable: "perhaps" })).toBe(false);
    expect(accepts("received-record.schema.json", { ...record, domain: 7 })).toBe(false);
  });
});
