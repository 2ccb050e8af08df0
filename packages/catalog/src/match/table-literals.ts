/** Which literals the scanner looks for on behalf of a table's signatures, and what to try behind each. */

import { grpcMarkers } from "./grpc-markers.ts";
import type { TableLiteral, TableText } from "./signature-table.ts";
import { templateLiteral } from "./template.ts";

/** The markers first, then the literals in the order of the signatures. Throws a TypeError as `templateLiteral` does. */
export function tableLiterals(signatures: readonly { readonly text: string }[]): readonly TableLiteral[] {
  const literals = new Map<string, TableText[]>(grpcMarkers.map((marker) => [marker, []]));
  const signaturesOf = new Map<string, number[]>();
  for (const [index, { text }] of signatures.entries()) {
    const known = signaturesOf.get(text);
    if (known !== undefined) {
      known.push(index);
      continue;
    }
    const first = [index];
    signaturesOf.set(text, first);
    const literal = templateLiteral(text);
    const texts = literals.get(literal) ?? [];
    literals.set(literal, texts);
    texts.push({ text, signatures: first });
  }
  return [...literals].map(([literal, texts]) => ({ literal, texts }));
}
