import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTable, unpackTable } from "./packed-table.ts";
import type { TableSignature } from "./signature-table.ts";
import { tableIndex } from "./table-index.ts";

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
  it("is the table again when it is unpacked, with its index worked out", () => {
    fc.assert(
      fc.property(fc.array(signature), (signatures) => {
        const packed: unknown = JSON.parse(JSON.stringify(packTable({ entries: [], signatures, questions: [] })));
        const table = unpackTable(packed as ReturnType<typeof packTable>);
        const last = signatures.length - 1;
        expect(table.signatureAt?.(last)).toEqual(signatures[last]);
        expect(table.signatures).toEqual(signatures);
        expect(table.signatures[last]).toBe(table.signatureAt?.(last));
        expect(table.index).toEqual(tableIndex(signatures));
      }),
    );
  });
});
