/** Owns one client's lane of the picture: its pace as a line, its failed calls as squares, the restarts behind both. Pure. */

import { html, type Markup } from "../../markup.ts";
import { failedStacks } from "./failed-stack.ts";
import type { LiveClient, RunView } from "./live-view.ts";
import type { LiveWords } from "./live-words.ts";
import { pace } from "./pace.ts";
import { restartLine } from "./restart-mark.ts";

/** Where a lane is, in pixels. Its title stands above `topY`. */
export interface LanePlace {
  readonly left: number;
  readonly right: number;
  readonly titleY: number;
  readonly topY: number;
  readonly baseY: number;
  readonly pixelsPerMs: number;
  /** Calls per second at `topY`. */
  readonly most: number;
}

export function laneMarkup(client: LiveClient, run: RunView, place: LanePlace, words: LiveWords): Markup {
  const { left, right, titleY, topY, baseY, pixelsPerMs, most } = place;
  const { ratePerS } = run.plan;
  const yOf = (callsPerS: number): number => tenths(baseY - (callsPerS / most) * (baseY - topY));
  const xOf = (atMs: number): number => tenths(left + atMs * pixelsPerMs);
  const points = pace(client.ended).map(([atMs, callsPerS]) => [xOf(atMs), yOf(callsPerS)] as const);
  const isRunning = run.phase === "running" && run.ending === undefined;
  const stacks = { left, baseY, height: baseY - topY, pixelsPerMs };
  return html`<g class="lane ${client.client}">
    <text class="name" x="${left}" y="${titleY}">${client.client}</text>
    ${outcome(client, right, titleY, words)}
    <rect class="ground" x="${left}" y="${topY}" width="${tenths(right - left)}" height="${baseY - topY}" />
    <path class="rate" d="M${left} ${yOf(ratePerS)}H${right}" />
    <text class="tick" x="${left - 6}" y="${yOf(ratePerS) + 4}" text-anchor="end">${ratePerS}</text>
    <text class="tick" x="${left - 6}" y="${baseY}" text-anchor="end">0</text>
    ${run.restarts.map((restart) => restartLine(restart, xOf(restart.atMs), topY, baseY))} ${paceLine(points, baseY)}
    ${failedStacks(client.failedIn, stacks)}
    ${isRunning && html`<path class="edge" d="M${xOf(run.elapsedMs)} ${topY}V${baseY}" />`}
    ${isRunning && points.slice(-1).map(([x, y]) => html`<circle class="now" cx="${x}" cy="${y}" r="4" />`)}
  </g>`;
}

/** Calls that have ended, and those of them that failed. */
export function endedOf({ methods }: LiveClient): { readonly ended: number; readonly failed: number } {
  const failed = methods.reduce((sum, method) => sum + method.failed, 0);
  return { ended: methods.reduce((sum, { ok }) => sum + ok, failed), failed };
}

function outcome(client: LiveClient, x: number, y: number, words: LiveWords): Markup {
  const { ended, failed } = endedOf(client);
  const text = failed > 0 ? words.failedOf(words.number(failed), words.number(ended)) : words.noneFailed;
  const kind = failed > 0 ? "outcome lossy" : "outcome";
  return html`<text class="${kind}" x="${x}" y="${y}" text-anchor="end">${ended > 0 && text}</text>`;
}

function paceLine(points: readonly (readonly [x: number, y: number])[], baseY: number): Markup {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return html``;
  const line = points.map((point) => point.join(" ")).join("L");
  return html`<path class="under" d="M${first[0]} ${baseY}L${line}V${baseY}Z" /><path class="pace" d="M${line}" />`;
}

/** Finer than that nobody sees. */
export function tenths(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
