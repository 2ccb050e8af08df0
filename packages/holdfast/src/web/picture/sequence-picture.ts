/**
 * What went over the wire as a picture: a lifeline for each who took part, an arrow for each step, a note where somebody
 * did something alone. The list of steps beside it says the same, so the picture is one image to a screen reader. Pure.
 */

import { html, type Markup } from "../markup.ts";
import { wrapLabel } from "./wrap-label.ts";

export interface WireStep {
  readonly from: string;
  /** `self`: nothing is sent. */
  readonly to: string;
  readonly frame: string;
}

export interface SequenceWords {
  /** What the picture is called. */
  readonly label: string;
  readonly actors: Readonly<Record<string, string>>;
}

/** From left to right. Whoever is not listed stands at the end. */
const actorOrder = ["client", "proxy", "server", "kernel"];
const gap = 220; // between two lifelines: a line of 30 letters of the font below
const margin = 50; // with the gap, two lifelines are as wide as the narrowest phone's text
const headHeight = 34;
const lineHeight = 16;
const labelLetters = 30;
const noteLetters = 24;
const letterWidth = 6.7; // a system font of 12.5 px, rounded up so that a note is never too narrow

export function sequencePicture(steps: readonly WireStep[], words: SequenceWords): Markup {
  const actors = actorsOf(steps);
  const placeOf = (actor: string): number => margin + Math.max(0, actors.indexOf(actor)) * gap;
  const width = margin * 2 + Math.max(1, actors.length - 1) * gap;
  let top = headHeight + 18;
  const drawn = steps.map((step) => {
    const part = step.to === "self" ? note(step, placeOf, width, top) : arrow(step, placeOf, top);
    top += part.height;
    return part.markup;
  });
  const bottom = top + 6;
  return html`<svg
    class="sequence"
    role="img"
    aria-label="${words.label}"
    width="${width}"
    height="${bottom}"
    viewBox="0 0 ${width} ${bottom}"
  >
    <g class="lifelines">${actors.map((actor) => html`<path d="M${placeOf(actor)} ${headHeight}V${bottom}" />`)}</g>
    <g class="actors">
      ${actors.map(
        (actor) =>
          html`<rect x="${placeOf(actor) - 46}" y="4" width="92" height="${headHeight - 6}" rx="4" /><text
              x="${placeOf(actor)}"
              y="23"
              >${words.actors[actor] ?? actor}</text
            >`,
      )}
    </g>
    ${drawn}
  </svg>`;
}

function actorsOf(steps: readonly WireStep[]): readonly string[] {
  const seen = new Set(steps.flatMap(({ from, to }) => (to === "self" ? [from] : [from, to])));
  return [
    ...actorOrder.filter((actor) => seen.has(actor)),
    ...[...seen].filter((actor) => !actorOrder.includes(actor)),
  ];
}

interface Part {
  readonly markup: Markup;
  readonly height: number;
}

function arrow({ from, to, frame }: WireStep, placeOf: (actor: string) => number, top: number): Part {
  const start = placeOf(from);
  const end = placeOf(to);
  const forward = end > start ? 1 : -1;
  const span = Math.abs(end - start) / gap;
  const lines = wrapLabel(frame, Math.round(labelLetters * span));
  const y = top + lines.length * lineHeight + 4;
  const middle = (start + end) / 2;
  const tip = end - forward * 2;
  return {
    markup: html`<g class="message"
      >${labelText(lines, middle, top + 11)}<path d="M${start} ${y}H${tip}" /><path
        class="tip"
        d="M${tip} ${y}l${-8 * forward} -4.5v9z"
    /></g> `,
    height: lines.length * lineHeight + 20,
  };
}

function note({ from, frame }: WireStep, placeOf: (actor: string) => number, width: number, top: number): Part {
  const lines = wrapLabel(frame, noteLetters);
  const boxWidth = Math.max(64, ...lines.map((line) => lettersOf(line) * letterWidth + 20));
  const boxHeight = lines.length * lineHeight + 10;
  const left = Math.min(Math.max(2, placeOf(from) - boxWidth / 2), width - boxWidth - 2);
  return {
    markup: html`<g class="note"
      ><rect
        x="${left}"
        y="${top}"
        width="${boxWidth}"
        height="${boxHeight}"
        rx="4"
      />${labelText(lines, left + boxWidth / 2, top + 17)}</g
    > `,
    height: boxHeight + 14,
  };
}

function labelText(lines: readonly string[], x: number, y: number): Markup {
  return html`<text
    >${lines.map((line, index) => html`<tspan x="${x}" y="${y + index * lineHeight}">${line}</tspan>`)}</text
  >`;
}

/** A Chinese letter takes the room of two. */
function lettersOf(line: string): number {
  return [...line].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
}
