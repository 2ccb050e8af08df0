/** The graph of causes as a picture whose nodes are links. Where they stand is `arrange-graph.ts`'s. Pure. */

import { html, type Markup } from "../markup.ts";
import type { ArrangedGraph, PlacedEdge, PlacedNode } from "./arrange-graph.ts";

export interface GraphWords {
  readonly label: string;
  /** Told when a node is pointed at. */
  readonly titleOf: (id: string) => string;
  readonly linkOf: (id: string) => string;
}

const letterWidth = 7.3; // a monospaced font of 12 px
const boxHeight = 26;
const rowHeight = 38;
const columnGap = 84;
const padding = 12;

interface Column {
  readonly left: number;
  readonly width: number;
}

export function graphPicture({ nodes, edges, columns, rows }: ArrangedGraph, words: GraphWords): Markup {
  const height = rows * rowHeight + padding * 2;
  const places: Column[] = [];
  let left = padding;
  for (let column = 0; column < columns; column++) {
    const members = nodes.filter((node) => node.column === column);
    const width = Math.max(0, ...members.map(({ id }) => id.length)) * letterWidth + 18;
    places.push({ left, width });
    left += width + columnGap;
  }
  const width = Math.max(0, left - columnGap) + padding;
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node, places)]));
  const paths = edges.map((edge) => ({ ...edge, path: pathOf(edge, boxes, places) }));
  const tips = (each: readonly { readonly path: string }[]): Markup =>
    html`${each.map(({ path }) => html`<path d="${path}" marker-end="url(#arrow)" />`)}`;
  return html`<svg
    class="graph"
    role="group"
    aria-label="${words.label}"
    width="${Math.ceil(width)}"
    height="${height}"
    viewBox="0 0 ${Math.ceil(width)} ${height}"
  >
    <defs>
      <marker
        id="arrow"
        viewBox="0 0 8 8"
        refX="7.5"
        refY="4"
        markerWidth="8"
        markerHeight="8"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 .5L8 4L0 7.5z" />
      </marker>
    </defs>
    <g class="edges">${tips(paths)}</g>
    ${nodes.map(({ id }) => {
      const box = boxes.get(id) ?? noBox;
      return html`<a href="${words.linkOf(id)}"
        ><title>${words.titleOf(id)}</title
        ><g class="own">${tips(paths.filter(({ from, to }) => from === id || to === id))}</g
        ><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${boxHeight}" rx="4" /><text
          x="${box.left + 9}"
          y="${box.top + 17}"
          >${id}</text
        ></a
      > `;
    })}
  </svg>`;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const noBox: Box = { left: 0, top: 0, width: 0 };

function boxOf({ id, column, middle }: PlacedNode, places: readonly Column[]): Box {
  return {
    left: places[column]?.left ?? 0,
    top: round(padding + middle * rowHeight - boxHeight / 2),
    width: round(id.length * letterWidth + 18),
  };
}

/** From the right edge of one box to the left edge of the other, level wherever it stands beside boxes. */
function pathOf({ from, to, bends }: PlacedEdge, boxes: ReadonlyMap<string, Box>, places: readonly Column[]): string {
  const start = boxes.get(from) ?? noBox;
  const end = boxes.get(to) ?? noBox;
  let x = round(start.left + start.width);
  let y = start.top + boxHeight / 2;
  let path = `M${x} ${y}`;
  const curveTo = (toX: number, toY: number): void => {
    const middle = round((x + toX) / 2);
    path += `C${middle} ${y} ${middle} ${toY} ${round(toX)} ${toY}`;
    [x, y] = [round(toX), toY];
  };
  // Beside a short box a longer one of the same column may stand above or below: past the column first.
  const [own] = places.filter(({ left }) => left === start.left);
  if (own !== undefined) {
    x = round(own.left + own.width);
    path += `H${x}`;
  }
  for (const { column, middle } of bends) {
    const { left, width } = places[column] ?? noBox;
    curveTo(left - 12, round(padding + middle * rowHeight));
    x = round(left + width);
    path += `H${x}`;
  }
  curveTo(end.left - 1, end.top + boxHeight / 2);
  return path;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
