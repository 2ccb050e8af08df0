/**
 * Header blocks through the HPACK decoder, with its memory and without: **no header of one call ever appears in another**,
 * and what was refused once is refused for the same reason. A block is one `bytes` step, `table` the size that we allow.
 */

import { type HeaderList, HpackDecoder } from "@holdfast/grpc/http2";
import type { FuzzStep } from "./input.ts";
import { BrokenPromise, type Outcome } from "./outcome.ts";

const options = { maxTableSize: 4_096, maxHeaderListBytes: 65_536 };

export function runDecoder(steps: readonly FuzzStep[]): Outcome {
  const withMemory = new HpackDecoder(options);
  const without = new HpackDecoder({ ...options, memory: false });
  const heard: string[] = [];
  const features = new Set<string>();
  let last = "start";
  let bytesIn = 0;
  for (const step of steps) {
    if (step.kind === "table") {
      withMemory.setMaxTableSize(step.bytes);
      without.setMaxTableSize(step.bytes);
    }
    if (step.kind !== "bytes") continue;
    bytesIn += step.bytes.length;
    const lent = Uint8Array.from(step.bytes);
    const list = withMemory.decode(lent);
    lent.fill(0xee);
    const expected = without.decode(step.bytes);
    if (JSON.stringify(list) !== JSON.stringify(expected)) {
      throw new BrokenPromise(`with its memory the decoder says ${inWords(list)}, without it ${inWords(expected)}`);
    }
    const now = "rule" in list ? list.rule : `list of ${Math.min(9, list.length / 2)}`;
    heard.push(inWords(list));
    features.add(`${last} > ${now}`);
    last = now;
    // The tables of the two ends differ from here on.
    if ("rule" in list && list.scope === "connection") break;
  }
  return { heard, features, bytesIn };
}

function inWords(decoded: HeaderList | { readonly rule: string }): string {
  return JSON.stringify(decoded).slice(0, 200);
}
