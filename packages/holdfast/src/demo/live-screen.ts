/** Owns a picture that is drawn again in its own place. What the picture shows is the caller's. */

import type { WriteStream } from "node:tty";
import { clipLine } from "./clip-line.ts";

const escape = "\u001b[";
const hideCursor = `${escape}?25l`;
const showCursor = `${escape}?25h`;
const clearBelow = `${escape}J`;

/** Draws below the cursor and goes back up; the terminal's history stays as it was. */
export class LiveScreen {
  readonly #out: WriteStream;
  #drawnLines = 0;
  #drawnColumns = 0;
  /** Also after an error: a terminal without its cursor is a nuisance. */
  readonly #onExit = (): void => void this.#out.write(showCursor);

  constructor(out: WriteStream) {
    this.#out = out;
    process.on("exit", this.#onExit);
    out.write(hideCursor);
  }

  get columns(): number {
    return this.#out.columns;
  }

  /** A picture that is too high or too wide is cut: what has scrolled away or wrapped cannot be drawn over. */
  draw(lines: readonly string[]): void {
    const { rows, columns } = this.#out;
    this.#write(lines.slice(0, Math.max(1, rows - 1)).map((line) => clipLine(line, columns)));
  }

  /** The last picture, whole; it stays. */
  finish(lines: readonly string[]): void {
    this.#write(lines);
    this.#out.write(showCursor);
    process.off("exit", this.#onExit);
  }

  /** One write for all, each line cleared behind its text, so that nothing flickers. */
  #write(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}${escape}K\n`).join("");
    this.#out.write(`${this.#home()}${text}${clearBelow}`);
    this.#drawnLines = lines.length;
    this.#drawnColumns = this.#out.columns;
  }

  /** A terminal that was made narrower has wrapped the old picture, and nobody knows where it begins: clear everything. */
  #home(): string {
    if (this.#drawnLines === 0) return "";
    if (this.#out.columns < this.#drawnColumns) return `${escape}2J${escape}H`;
    return `${escape}${this.#drawnLines}A\r`;
  }
}
