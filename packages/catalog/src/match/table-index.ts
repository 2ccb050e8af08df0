/** Which literals the scanner looks for on behalf of a table's signatures, and what to try behind each. */

import { grpcMarkers } from "./grpc-markers.ts";
import { scanWindows } from "./scanner.ts";
import type { TableIndex } from "./signature-table.ts";
import { templateLiteral } from "./template.ts";

/** The markers first, then the literals in the order of the signatures. Throws a TypeError as `templateLiteral` does. */
export function tableIndex(signatures: readonly { readonly text: string }[]): TableIndex {
  const places = new Map(grpcMarkers.map((marker, place) => [marker, place]));
  const textsOf: number[][] = grpcMarkers.map(() => []);
  const texts = new Map<string, number>();
  const signaturesOf: number[][] = [];
  for (const [index, { text }] of signatures.entries()) {
    let at = texts.get(text);
    if (at === undefined) {
      at = texts.size;
      texts.set(text, at);
      signaturesOf.push([]);
      const literal = templateLiteral(text);
      const place = places.get(literal) ?? places.size;
      places.set(literal, place);
      (textsOf[place] ??= []).push(at);
    }
    signaturesOf[at]?.push(index);
  }
  const literals = [...places.keys()];
  return { literals, windows: scanWindows(literals), textsOf, texts: [...texts.keys()], signaturesOf };
}
