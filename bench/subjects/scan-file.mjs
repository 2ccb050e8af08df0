/** `scan-file.mjs FILE`: the scanner of `holdfast explain` alone; prints how many lines hold a literal, like `grep -c`. */
import fs from "node:fs";
import { table } from "../../packages/catalog/dist/data/signatures.js";
import { loadMatcher } from "../../packages/catalog/dist/match/matcher.js";

const { scanner } = loadMatcher(table);
const piece = new Uint8Array(262_144); // 256 KiB a read, as the command does
const file = fs.openSync(process.argv[2]);
const feed = 10;
let lines = 0;
let kept = 0;
for (let read; (read = fs.readSync(file, piece, kept, piece.length - kept, null)) > 0;) {
  const end = kept + read;
  const whole = piece.lastIndexOf(feed, end - 1) + 1;
  let lineStart = -1;
  scanner.scan(
    piece,
    (at) => {
      const start = piece.lastIndexOf(feed, at) + 1;
      if (start > lineStart) lines++;
      lineStart = Math.max(lineStart, start);
    },
    0,
    whole,
  );
  piece.copyWithin(0, whole, end);
  kept = end - whole;
}
console.log(lines);
