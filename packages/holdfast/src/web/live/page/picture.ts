/**
 * Owns the picture of a run: a lane for each client, all on one time axis, and the names of the restarts above them. Pure: a
 * view and a width in pixels, markup out; colours are the style's.
 */

import { html, type Markup } from "../../markup.ts";
import { endedOf, laneMarkup, tenths } from "./lane.ts";
import type { RunView } from "./live-view.ts";
import type { LiveWords } from "./live-words.ts";
import { pace } from "./pace.ts";
import { restartName } from "./restart-mark.ts";

/** In pixels, from the top: title, names of the restarts (once), lane; the same without names; the numbers of the axis. */
const margin = { left: 38, right: 14 } as const;
const titleHeight = 22;
const namesHeight = 20;
const laneHeight = 104;
const laneGap = 16;
const axisHeight = 26;
/** Room between two numbers on the time axis. */
const tickWidth = 44;
/** As the demo restarts its servers, ms. */
const restartEveryMs = 2_000;

/** `width`: of the place where it is shown, at least 240. */
export function picture(run: RunView, width: number, words: LiveWords): Markup {
  const [left, right] = [margin.left, width - margin.right];
  const pixelsPerMs = (right - left) / run.plan.forMs;
  const first = titleHeight + namesHeight;
  const topOf = (index: number): number => first + index * (laneHeight + laneGap + titleHeight);
  const bottom = topOf(run.clients.length - 1) + laneHeight;
  const height = bottom + axisHeight;
  const most = mostOf(run);
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${pictureText(run, words)}"
  >
    ${run.restarts.map((restart) => {
      return restartName(restart, tenths(left + restart.atMs * pixelsPerMs), first - 6, restartEveryMs * pixelsPerMs);
    })}
    ${run.clients.map((client, index) => {
      const topY = topOf(index);
      const titleY = topY - 8 - (index === 0 ? namesHeight : 0);
      const place = { left, right, titleY, topY, baseY: topY + laneHeight, pixelsPerMs, most };
      return laneMarkup(client, run, place, words);
    })}
    <path class="axis" d="M${left} ${bottom}H${right}" />
    ${ticks(run.plan.forMs, pixelsPerMs).map(([second, along]) => tick(second, tenths(left + along), bottom, words))}
  </svg>`;
}

/** What the picture shows, in a sentence or three. */
export function pictureText({ clients, restarts }: RunView, words: LiveWords): string {
  const each = clients.map((client) => {
    const { ended, failed } = endedOf(client);
    return words.clientText(client.client, words.number(ended), words.number(failed));
  });
  return words.pictureText(each.join(" "), restarts.length);
}

/** As many as there is room for. */
function ticks(forMs: number, pixelsPerMs: number): readonly (readonly [second: number, along: number])[] {
  const seconds = forMs / 1_000;
  const step = [1, 2, 5, 10, 15, 30].find((each) => each * 1_000 * pixelsPerMs >= tickWidth) ?? seconds;
  const count = Math.floor(seconds / step) + 1;
  return Array.from({ length: count }, (_, index) => [index * step, index * step * 1_000 * pixelsPerMs]);
}

function tick(second: number, x: number, y: number, words: LiveWords): Markup {
  const text = second === 0 ? `0 ${words.unit}` : second;
  return html`<path class="axis" d="M${x} ${y}v5" /><text class="tick" x="${x}" y="${y + 18}" text-anchor="middle">
      ${text}
    </text>`;
}

/** The top of every lane, the same for all: half as many calls again as arrive, or what really ended. */
function mostOf({ plan, clients }: RunView): number {
  const most = Math.max(0, ...clients.flatMap(({ ended }) => pace(ended).map(([, callsPerS]) => callsPerS)));
  return Math.max(plan.ratePerS * 1.5, most * 1.05);
}
