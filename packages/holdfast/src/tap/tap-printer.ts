/**
 * Writes what a tap tells to standard output, as text or as JSON. Owns the bound: a reader that is slower than the traffic
 * must not fill the memory, nor slow down the two that talk, so lines are left out and counted.
 */

import type { Writable } from "node:stream";
import { type TapEvent, tapLines } from "@holdfast/probe/tap";
import type { Paint } from "../demo/paint.ts";

export interface PrinterLook {
  /** Where text is broken; Infinity: nowhere. */
  readonly columns: number;
  readonly paint: Paint;
}

/** 1 MiB waits for the reader, and no more. */
const maxWaitingBytes = 1_048_576;
/** Narrower is not worth breaking. */
const leastWidth = 20;

export class TapPrinter {
  readonly #out: Writable;
  readonly #json: boolean;
  readonly #look: PrinterLook;
  #leftOut = 0;

  constructor(out: Writable, json: boolean, look: PrinterLook) {
    this.#out = out;
    this.#json = json;
    this.#look = look;
  }

  print(event: TapEvent): void {
    if (this.#out.writableLength > maxWaitingBytes) {
      this.#leftOut++;
      return;
    }
    if (this.#leftOut > 0) this.#admit(event.wallMs);
    this.#out.write(this.#json ? `${jsonOf(event)}\n` : this.#textOf(event));
  }

  #admit(wallMs: number): void {
    const text = `${this.#leftOut} lines left out: whoever reads them is slower than the traffic`;
    this.#leftOut = 0;
    const note: TapEvent = { kind: "note", wallMs, text };
    this.#out.write(this.#json ? `${jsonOf(note)}\n` : this.#textOf(note));
  }

  #textOf(event: TapEvent): string {
    const { mark, text, more } = tapLines(event);
    const { paint, columns } = this.#look;
    const indent = " ".repeat(mark.length);
    const width = Math.max(leastWidth, columns - mark.length);
    const emphasis = paintOf(event, paint);
    const [first = "", ...rest] = broken(text, width);
    const lines = [`${paint.faint(mark)}${emphasis(first)}`, ...rest.map((line) => `${indent}${emphasis(line)}`)];
    for (const each of more) for (const line of broken(each, width)) lines.push(`${indent}${paint.faint(line)}`);
    return `${lines.join("\n")}\n`;
  }
}

/** What ends things stands out; what only passes does not. */
function paintOf(event: TapEvent, paint: Paint): (text: string) => string {
  if (event.kind === "ended") return paint.strong;
  if (event.kind === "note") return paint.warn;
  if (event.kind !== "frame") return (text) => text;
  const { kind } = event.frame;
  return kind === "goaway" || kind === "rst-stream" || kind === "malformed" ? paint.bad : (text) => text;
}

/** Breaks at blanks; a word that is longer than a line is cut, because a terminal would do it at a worse place. */
function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = rest.lastIndexOf(" ", width);
    const cut = at > width / 2 ? at : width;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}

/** One object a line; `time` is ISO 8601. */
function jsonOf({ wallMs, ...event }: TapEvent): string {
  const { kind, ...rest } = event;
  return JSON.stringify({ kind, time: new Date(wallMs).toISOString(), ...rest });
}
