/**
 * The published JSON Schemas, judged by a validator that knows nothing of zod: every entry and every received record
 * fits, and what is broken on purpose does not.
 */

import { AjvJsonSchemaValidator } from "@modelcontextprotocol/client/validators/ajv";
import { describe, expect, it } from "vitest";
import path from "node:path";
import { compileCatalog } from "../../src/build/compile-catalog.ts";
import { readSources } from "../../src/build/read-sources.ts";
import { recordSchemas } from "../../src/build/record-schemas.ts";
import { sourceFiles } from "../../src/build/source-files.ts";
import { entryRecord } from "../../src/record/entry-record.ts";
import { receivedRecord } from "../../src/record/received-record.ts";
import { pageRecord } from "../received/page-record.ts";
import { sampleReceived } from "../received/sample-received.ts";
import { readReceived, receivedJson, receivedPages, skippedNote, whySkipped } from "../received/received-folder.ts";

const validator = new AjvJsonSchemaValidator();
const schemas = recordSchemas();
const fitsEntry = validator.getValidator(schemas.entry);
const fitsReceived = validator.getValidator(schemas.received);
const { records } = compileCatalog(readSources(sourceFiles(path.resolve(import.meta.dirname, "../.."))));

/** What the validator has against a value; undefined when it fits. */
const against = (fits: typeof fitsEntry, value: unknown): string | undefined => fits(value).errorMessage;

/** What to break in a record that fits, and a part of the answer. */
const breakages: readonly (readonly [name: string, broken: Readonly<Record<string, unknown>>, field: string])[] = [
  ["a rate above 1", { fix_success_rate: 1.5 }, "fix_success_rate"],
  ["a rate in words", { confidence: "85%" }, "confidence"],
  ["half a resolution", { resolvable: "mostly" }, "resolvable"],
  ["an id without a domain", { id: "goaway" }, "id"],
  ["no list of workarounds", { workarounds: null }, "workarounds"],
  ["a workaround that does nothing", { workarounds: [{ success_rate: null }] }, "workarounds"],
  ["half a version", { versions: [{ version: "1.0" }] }, "versions"],
  ["a fraction of evidence", { evidence_count: 1.5 }, "evidence_count"],
  ["a graph without edges", { transition_graph: {} }, "transition_graph"],
  ["no tags", { tags: undefined }, "tags"],
];

describe("the published schemas", () => {
  it("fit every entry, the received part included", () => {
    expect(records.length).toBeGreaterThanOrEqual(83);
    for (const record of records) {
      expect(against(fitsEntry, record), record.id).toBeUndefined();
      expect(against(fitsReceived, record), record.id).toBeUndefined();
      expect(entryRecord.safeParse(record).error, record.id).toBeUndefined();
    }
  });

  it("fit a record in the received format, with fields of somebody's own", () => {
    expect(against(fitsReceived, sampleReceived)).toBeUndefined();
    expect(against(fitsReceived, { ...sampleReceived, owner: "team lamps" })).toBeUndefined();
    expect(against(fitsEntry, sampleReceived)).toBeDefined();
  });

  it.each(breakages)("find what is broken, as zod does: %s", (_name, broken, field) => {
    // As it is read from a file: what is undefined is not there.
    const plant = (record: object): unknown => JSON.parse(JSON.stringify({ ...record, ...broken }));
    const [entry] = records;
    for (const [fits, zod, record] of [
      [fitsReceived, receivedRecord, sampleReceived],
      [fitsEntry, entryRecord, entry ?? {}],
    ] as const) {
      expect(against(fits, plant(record))).toContain(field);
      const issues = zod.safeParse(plant(record)).error?.issues ?? [];
      expect(issues.map((issue) => issue.path[0])).toContain(field);
    }
  });

  it("find an origin, a tier and a program that no list has", () => {
    const [entry] = records;
    const [signature] = entry?.signatures ?? [];
    expect(against(fitsEntry, { ...entry, cause_origin: "guessed" })).toContain("cause_origin");
    expect(against(fitsEntry, { ...entry, verification_tier: "sure" })).toContain("verification_tier");
    expect(against(fitsEntry, { ...entry, signatures: [{ ...signature, implementation: "netscape" }] })).toContain(
      "signatures",
    );
  });
});

describe.skipIf(whySkipped !== undefined)(`the received records and the schemas${skippedNote}`, () => {
  it("fit each other", () => {
    expect(against(fitsReceived, JSON.parse(readReceived(receivedJson)))).toBeUndefined();
    for (const page of receivedPages) expect(against(fitsReceived, pageRecord(readReceived(page)))).toBeUndefined();
  });
});
