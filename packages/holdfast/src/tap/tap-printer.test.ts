import { Writable } from "node:stream";
import type { TapEvent } from "@holdfast/probe/tap";
import { expect, it } from "vitest";
import { noPaint } from "../demo/paint.ts";
import { TapPrinter } from "./tap-printer.ts";

const note = (text: string): TapEvent => ({
  kind: "note",
  wallMs: Date.UTC(2026, 0, 1, 2, 3, 4, 5),
  connection: 7,
  text,
});

/** A reader that takes nothing until it is told to. */
class SlowReader extends Writable {
  readonly lines: string[] = [];
  #go: (() => void) | undefined;
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.lines.push(String(chunk));
    this.#go = done;
  }
  takeAll(): void {
    while (this.#go !== undefined) {
      const go = this.#go;
      this.#go = undefined;
      go();
    }
  }
}

it("breaks lines where the terminal ends, behind the mark", () => {
  const out = new SlowReader();
  new TapPrinter(out, false, { columns: 50, paint: noPaint }).print(note("one two three four five six seven eight"));
  expect(out.lines.join("")).toBe("02:03:04.005    7 = one two three four five six\n                    seven eight\n");
});

it("leaves lines out for a reader that is too slow, and says how many", () => {
  const out = new SlowReader();
  const printer = new TapPrinter(out, true, { columns: Infinity, paint: noPaint });
  for (let i = 0; i < 2_000; i++) printer.print(note("x".repeat(1_000)));
  expect(out.writableLength).toBeLessThan(1_100_000);
  out.takeAll();
  printer.print(note("last"));
  out.takeAll();
  const told = out.lines.map((line) => (JSON.parse(line) as { text: string }).text);
  expect(told.at(-1)).toBe("last");
  const [, left] = /^(\d+) lines left out/.exec(told.at(-2) ?? "") ?? [];
  expect(told.length - 2 + Number(left)).toBe(2_000);
});
