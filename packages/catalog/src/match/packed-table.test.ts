import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTable, unpackTable } from "./packed-table.ts";
import type { TableSignature } from "./signature-table.ts";
import { tableLiterals } from "./table-literals.ts";

const signature: fc.Arbitrary<TableSignature> = fc.record({
  entry: fc.nat(3),
  implementation: fc.constantFrom("any", "grpc-js", "tonic"),
  code: fc.constantFrom(null, "UNAVAILABLE", "INTERNAL"),
  text: fc.constantFrom(
    "transport is closing",
    "Connection dropped",
    "code {int} of a frame",
    "code {int} of a stream",
  ),
  rank: fc.integer({ min: 1, max: 20 }),
  whole: fc.boolean(),
  context: fc.constantFrom("none", "grpc", "status"),
  role: fc.constantFrom("failure", "clue"),
});

describe("a packed table", () => {
  it("is the table again when it is unpacked, with its literals worked out", () => {
    fc.assert(
      fc.property(fc.array(signature), (signatures) => {
        const table = { entries: [], signatures, questions: [] };
        const packed: unknown = JSON.parse(JSON.stringify(packTable(table)));
        const literals = tableLiterals(signatures);
        expect(unpackTable(packed as ReturnType<typeof packTable>)).toEqual({ ...table, literals });
      }),
    );
  });
});
