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
  readonly row: number;
}

export interface ArrangedGraph {
  /** By column, then from top to bottom. Nodes without any edge are not among them. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly (readonly [from: string, to: string])[];
  readonly alone: readonly string[];
  readonly columns: number;
  readonly rows: number;
}

/** The order settles after a few sweeps; more change nothing that an eye sees. */
const sweeps = 12;

export function arrangeGraph(inputs: readonly GraphInput[]): ArrangedGraph {
  const known = new Set(inputs.map(({ id }) => id));
  const edges = inputs.flatMap(({ id, leadsTo }) =>
    leadsTo.filter((to) => known.has(to) && to !== id).map((to) => [id, to] as const),
  );
  const joined = new Set(edges.flat());
  const ids = inputs.map(({ id }) => id).filter((id) => joined.has(id));
  const columnOf = columnsOf(ids, edges);
  const columns = Math.max(0, ...ids.map((id) => (columnOf.get(id) ?? 0) + 1));
  const ordered = orderColumns(
    Array.from({ length: columns }, (_, column) => ids.filter((id) => columnOf.get(id) === column)),
    edges,
  );
  return {
    nodes: ordered.flatMap((column, index) => column.map((id, row) => ({ id, column: index, row }))),
    edges,
    alone: inputs.map(({ id }) => id).filter((id) => !joined.has(id)),
    columns,
    rows: Math.max(0, ...ordered.map(({ length }) => length)),
  };
}

type Edges = ArrangedGraph["edges"];

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
