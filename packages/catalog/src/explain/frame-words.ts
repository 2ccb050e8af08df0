/**
 * Some signatures are the frame of a failure and take the cause in it for the rest of their line: `transport: Error while
 * dialing: {text}`. Owns which those are and where their own words end; what the cause means is `innermost-cause.ts`.
 */

import { findParts } from "../match/find-parts.ts";
import { parseTemplate } from "../match/parse-template.ts";
import {
  connectClosedBeforeSettings,
  connectRefused,
  connectSettingsHang,
  dotnetConnectionClosed,
  tonicTransportError,
} from "./entry-ids.ts";
import type { ListedEntry } from "./entry-list.ts";

/** Entries that say that a connection or a call could not be made; behind their words stands why. */
const frames: ReadonlySet<string> = new Set([
  connectClosedBeforeSettings,
  connectRefused,
  connectSettingsHang,
  dotnetConnectionClosed,
  tonicTransportError,
]);

/**
 * The words of a signature without what its last hole took of the line, when its entry is a frame; all of them otherwise,
 * and for a record that somebody brought along, whose expression is no template.
 */
export function frameWords(words: string, template: string, { id, from }: ListedEntry): string {
  if (from !== undefined || !frames.has(id) || !template.endsWith("{text}")) return words;
  const parts = parseTemplate(template);
  if (parts.at(-1)?.kind !== "rest") return words;
  const end = findParts(parts.slice(0, -1), words, 0)?.end;
  return end === undefined ? words : words.slice(0, end).replace(/[: ]+$/, "");
}
