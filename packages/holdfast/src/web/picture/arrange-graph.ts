/**
 * Where the nodes of the graph of causes stand: columns from causes to consequences, few crossings, the same for the same
 * records. A layered drawing after Sugiyama, Tagawa and Toda (1981): longest paths give the columns, means of neighbours
 * the order in them. Draws nothing.
 */

export interface GraphInput {
  readonly id: string;
  readonly leadsTo: readonly string[];
}

export interface PlacedNode {
  readonly id: string;
  readonly column: number;
  /** The middle of the node, in rows from the top of the picture. */
  readonly middle: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Where an edge passes the columns between its ends, from left to right. */
  readonly bends: readonly { readonly column: number; readonly middle: number }[];
}

export interface ArrangedGraph {
  /** By column, then from top to bottom. Nodes without any edge are not among them. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly alone: readonly string[];
  readonly columns: number;
  readonly rows: number;
}

/** The order settles after a few sweeps; more change nothing that an eye sees. */
const sweeps = 24;

/** An edge that passes a column needs less room than a node. */
const bendRows = 0.4;

export function arrangeGraph(inputs: readonly GraphInput[]): ArrangedGraph {
  const known = new Set(inputs.map(({ id }) => id));
  const edges = inputs.flatMap(({ id, leadsTo }) =>
    leadsTo.filter((to) => known.has(to) && to !== id).map((to): Edge => [id, to]),
  );
  const joined = new Set(edges.flat());
  const ids = inputs.map(({ id }) => id).filter((id) => joined.has(id));
  const columnOf = columnsOf(ids, edges);
  const routes = edges.map(([from, to]) => routeOf(from, to, columnOf));
  const members = Array.from({ length: Math.max(0, ...[...columnOf.values()].map((column) => column + 1)) }, () => {
    return new Set<string>();
  });
  for (const id of ids) members[columnOf.get(id) ?? 0]?.add(id);
  for (const route of routes) for (const { column, id } of route) members[column]?.add(id);
  const steps = routes.flatMap((route) => route.slice(1).map(({ id }, index): Edge => [route[index]?.id ?? id, id]));
  const ordered = orderColumns(
    members.map((column) => [...column]),
    steps,
  );
  const middles = middlesOf(ordered, known);
  const middleOf = (id: string): number => middles.places.get(id) ?? 0;
  return {
    nodes: ordered.flatMap((column, index) =>
      column.filter((id) => known.has(id)).map((id) => ({ id, column: index, middle: middleOf(id) })),
    ),
    edges: routes.map((route, index) => ({
      from: edges[index]?.[0] ?? "",
      to: edges[index]?.[1] ?? "",
      bends: route.slice(1, -1).map(({ column, id }) => ({ column, middle: middleOf(id) })),
    })),
    alone: inputs.map(({ id }) => id).filter((id) => !joined.has(id)),
    columns: ordered.length,
    rows: middles.rows,
  };
}

type Edge = readonly [from: string, to: string];

interface Stop {
  readonly id: string;
  readonly column: number;
}

/** Both ends and, in each column between them, a place of the edge's own. */
function routeOf(from: string, to: string, columnOf: ReadonlyMap<string, number>): readonly Stop[] {
  const first = columnOf.get(from) ?? 0;
  const last = columnOf.get(to) ?? 0;
  const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, index): Stop => {
    const column = first + 1 + index;
    return { id: `${from} ${to} ${column}`, column };
  });
  return [{ id: from, column: first }, ...between, { id: to, column: last }];
}

/** Every column begins at the top, where reading does: a small window shows nothing else at first. */
function middlesOf(
  ordered: readonly (readonly string[])[],
  known: ReadonlySet<string>,
): { readonly places: ReadonlyMap<string, number>; readonly rows: number } {
  const roomOf = (id: string): number => (known.has(id) ? 1 : bendRows);
  const heights = ordered.map((column) => column.reduce((sum, id) => sum + roomOf(id), 0));
  const rows = Math.max(0, ...heights);
  const places = new Map<string, number>();
  for (const column of ordered) {
    let top = 0;
    for (const id of column) {
      places.set(id, top + roomOf(id) / 2);
      top += roomOf(id);
    }
  }
  return { places, rows };
}

type Edges = readonly Edge[];

/** The longest path to a node; an edge that closes a ring counts for nothing. Then each node goes as near as it can to what it leads to. */
function columnsOf(ids: readonly string[], edges: Edges): ReadonlyMap<string, number> {
  const before = neighbours(edges, 1, 0);
  const after = neighbours(edges, 0, 1);
  const columns = new Map<string, number>();
  const visit = (id: string, path: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const inPath = new Set([...path, id]);
    const column = Math.max(
      0,
      ...(before.get(id) ?? []).filter((from) => !inPath.has(from)).map((from) => visit(from, inPath) + 1),
    );
    columns.set(id, column);
    return column;
  };
  for (const id of ids) visit(id, new Set());
  // A cause without causes of its own stands beside its nearest consequence, not at the far left.
  for (const id of ids) {
    const next = (after.get(id) ?? []).map((to) => columns.get(to) ?? 0);
    if (!before.has(id) && next.length > 0) columns.set(id, Math.max(0, Math.min(...next) - 1));
  }
  return columns;
}

function orderColumns(columns: readonly (readonly string[])[], edges: Edges): readonly (readonly string[])[] {
  const before = neighbours(edges, 1, 0);
  const after = neighbours(edges, 0, 1);
  let ordered = columns;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const near = sweep % 2 === 0 ? before : after;
    const places = new Map(
      ordered.flatMap((column) => column.map((id, row) => [id, (row + 0.5) / column.length] as const)),
    );
    ordered = ordered.map((column) => {
      const wish = new Map(column.map((id) => [id, mean(near.get(id), places) ?? places.get(id) ?? 0]));
      return [...column].sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    });
  }
  return ordered;
}

function mean(ids: readonly string[] | undefined, places: ReadonlyMap<string, number>): number | undefined {
  const known = (ids ?? []).map((id) => places.get(id) ?? 0);
  return known.length === 0 ? undefined : known.reduce((sum, place) => sum + place, 0) / known.length;
}

function neighbours(edges: Edges, of: 0 | 1, near: 0 | 1): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const edge of edges) all.set(edge[of], [...(all.get(edge[of]) ?? []), edge[near]]);
  return all;
}
