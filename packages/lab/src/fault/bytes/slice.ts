/** Small segments: what was written at once arrives in pieces. */

import { defineFault } from "../define-fault.ts";
import type { TimedPiece } from "../fault.ts";
import { duration, octets } from "../parameter.ts";
import { isOn, side } from "../sides.ts";

export const slice = defineFault({
  id: "slice",
  says: "Cuts what passes into small pieces.",
  lead: "sizeBytes",
  parameters: {
    sizeBytes: octets("of a piece at most", 64),
    leastBytes: octets("of a piece at least; sizes between are drawn; default: as large as the largest", undefined),
    gapMs: duration("between two pieces", 0),
    side: side("both"),
  },
  attach: (values, connection) => {
    const { sizeBytes, gapMs } = values;
    const least = Math.min(values.leastBytes ?? sizeBytes, sizeBytes);
    const next = (): number =>
      least === sizeBytes ? sizeBytes : least + Math.floor(connection.random() * (sizeBytes - least + 1));
    connection.tell(`in pieces of ${least === sizeBytes ? "" : `${least} to `}${sizeBytes} octets`);
    return {
      onBytes: (bytes, direction) => {
        if (!isOn(values.side, direction)) return undefined;
        const pieces: TimedPiece[] = [];
        for (let at = 0; at < bytes.byteLength;) {
          const piece = bytes.subarray(at, at + next());
          pieces.push({ bytes: piece, gapMs });
          at += piece.byteLength;
        }
        return pieces;
      },
    };
  },
});
