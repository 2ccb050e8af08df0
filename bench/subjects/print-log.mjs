/** `print-log.mjs MEGABYTES HIT_SHARE`: writes a log of that size to standard output, never more than some of it at once. */
import { once } from "node:events";
import { records } from "../../packages/catalog/dist/data/records.js";
import { logText } from "./log-text.mjs";

const [megabytes, hitShare] = process.argv.slice(2).map(Number);
const failures = records.flatMap(({ signatures }) => signatures.map(({ example }) => example));
const block = Buffer.from(logText({ bytes: 8_000_000, hitShare, failures })); // a block of 8 MB, again and again
for (let left = megabytes * 1_000_000; left > 0; left -= block.length) {
  if (!process.stdout.write(block.subarray(0, left))) await once(process.stdout, "drain");
}
