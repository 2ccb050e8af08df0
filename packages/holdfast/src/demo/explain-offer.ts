/** Owns the offer to explain an error: one that the run has just seen, if it is short enough to be typed again. Pure. */

import type { ClientView } from "@holdfast/lab/demo";
import type { Paint } from "./paint.ts";

/** What a restart without a drain looks like in most logs of Node services. */
const example = "14 UNAVAILABLE: Connection dropped";

const [before, behind] = ["npx holdfast explain '", "'"];

/** One line of at most `width` characters. */
export function explainOffer(clients: readonly ClientView[], width: number, paint: Paint): string {
  const room = width - before.length - behind.length;
  const seen = clients.flatMap(({ lastFailure }) => lastFailure?.text ?? []).find((text) => isTypable(text, room));
  const command = `${before}${seen ?? example}${behind}`;
  const why = seen === undefined ? "what it means" : "what that was";
  return paint.strong(command) + (command.length + 2 + why.length > width ? "" : `  ${paint.faint(why)}`);
}

/** Between single quotes a shell leaves everything alone but the quote. */
function isTypable(text: string, room: number): boolean {
  return text.length <= room && /^[ -&(-~]+$/.test(text);
}
