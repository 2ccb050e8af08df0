/** What a relay's faults have done, as a table that is drawn again and again. Pure: a view in, lines out. */

import type { Doing } from "@holdfast/lab/relay";
import { countText, plural } from "../demo/count-text.ts";
import { clipLine } from "../demo/clip-line.ts";
import type { Paint } from "../demo/paint.ts";

export interface FaultView {
  /** `127.0.0.1:50052 → shop:50051` */
  readonly places: string;
  readonly elapsedMs: number;
  readonly open: number;
  readonly accepted: number;
  readonly rows: readonly { readonly says: string; readonly count: number }[];
  /** The newest doings, oldest first. */
  readonly newest: readonly Doing[];
}

/** More lines of doings than these do not fit below the table on a small terminal. */
const newestLines = 10;
const countColumns = 8;

export function faultPicture(view: FaultView, columns: number, paint: Paint): readonly string[] {
  const { rows, newest, open, accepted } = view;
  const head = `${view.places}   ${clock(view.elapsedMs)}   ${plural(accepted, "connection")}, ${countText(open)} open`;
  const table = rows.map(({ says, count }) => {
    const number = countText(count).padStart(countColumns);
    return `${count === 0 ? paint.faint(number) : paint.strong(number)}  ${says}`;
  });
  const doings = newest.slice(-newestLines).map((each) => doingLine(each, paint));
  const none = rows.length === 0 ? [paint.faint("   no fault: connections are carried as they are")] : [];
  const lines = [head, "", paint.faint("    done  fault"), ...none, ...table, "", ...doings];
  return lines.map((line) => clipLine(line, columns));
}

/** `   1.234 s  connection 3  goaway: GOAWAY(NO_ERROR, last=5)` */
export function doingLine({ atMs, connection, fault, what }: Doing, paint: Paint): string {
  const time = `${(atMs / 1_000).toFixed(3).padStart(9)} s`;
  const who = connection === 0 ? "" : `  connection ${connection}`;
  return `${paint.faint(`${time}${who}`)}  ${fault === "relay" ? paint.warn(what) : `${fault}: ${what}`}`;
}

function clock(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
