/** Owns how one restart is marked on the time axis: by a line, and by a name as long as there is room for. Pure. */

import type { Restart } from "@holdfast/lab/demo";
import { html, type Markup } from "../../markup.ts";

/** Room that a name needs, in pixels, at the size of the picture's small letters. */
const wholeNameWidth = 80; // "SIGKILL 1", in bold, and a blank
const shortNameWidth = 22; // "T1"

/** Above the first lane. `gap`: pixels from one restart to the next. */
export function restartName({ signal, backend }: Restart, x: number, y: number, gap: number): Markup {
  const letter = signal === "SIGKILL" ? "K" : "T";
  const whole = `${signal} ${backend}`;
  const name = gap >= wholeNameWidth ? whole : gap >= shortNameWidth ? `${letter}${backend}` : letter;
  return html`<text class="restart ${kindOf(signal)}" x="${x}" y="${y}" text-anchor="middle"
    >${name}<title>${whole}</title></text
  >`;
}

/** Across one lane. */
export function restartLine({ signal }: Restart, x: number, topY: number, bottomY: number): Markup {
  return html`<path class="restart ${kindOf(signal)}" d="M${x} ${topY}V${bottomY}" />`;
}

function kindOf(signal: Restart["signal"]): "kill" | "term" {
  return signal === "SIGKILL" ? "kill" : "term";
}
