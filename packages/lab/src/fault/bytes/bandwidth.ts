/** A narrow way: so many octets a second and no more. */

import { defineFault } from "../define-fault.ts";
import type { TimedPiece } from "../fault.ts";
import { octets } from "../parameter.ts";
import { isOn, side } from "../sides.ts";

/** 20 pieces a second, so that a slow way drips and does not stutter. */
const piecesPerSecond = 20;

export const bandwidth = defineFault({
  id: "bandwidth",
  says: "Lets so many octets a second through.",
  lead: "rateBytes",
  parameters: { rateBytes: octets("a second", 131_072), side: side("both") },
  attach: ({ rateBytes, side: chosen }, connection) => {
    connection.tell(`${rateBytes} octets a second`);
    const pieceBytes = Math.max(1, Math.floor(rateBytes / piecesPerSecond));
    return {
      onBytes: (bytes, direction) => {
        if (!isOn(chosen, direction)) return undefined;
        const pieces: TimedPiece[] = [];
        for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
          const piece = bytes.subarray(at, at + pieceBytes);
          // A piece arrives when its last octet does.
          pieces.push({ bytes: piece, gapMs: (piece.byteLength * 1_000) / rateBytes });
        }
        return pieces;
      },
    };
  },
});
