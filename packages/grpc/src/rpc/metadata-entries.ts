/**
 * Reads what callers pass as metadata into names and values: any iterable of pairs, or a plain record. Whether a name
 * and a value can travel is not looked at here. Nothing is left out: what cannot be read is a `TypeError`.
 */

/** Calls `visit` for each name and value in order, with `into` handed on: every call of a client comes by here. */
export function eachMetadataEntry<T>(
  init: unknown,
  into: T,
  visit: (into: T, name: unknown, value: unknown) => void,
): void {
  if (typeof init !== "object" || init === null) throw new TypeError(unreadable(init));
  if (isIterable(init)) {
    for (const entry of init) {
      const pair = pairOf(entry);
      visit(into, pair[0], pair[1]);
    }
    return;
  }
  if (isGrpcJsMetadata(init)) throw new TypeError("metadata: a grpc-js Metadata: pass a record or entries instead");
  if (!isRecord(init)) throw new TypeError(unreadable(init));
  const names = Reflect.ownKeys(init);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string | symbol;
    const values: unknown = (init as Readonly<Record<string | symbol, unknown>>)[name];
    // By index, so that the holes of a sparse array are seen.
    if (Array.isArray(values)) for (let j = 0; j < values.length; j++) visit(into, name, values[j]);
    else visit(into, name, values);
  }
}

function isIterable(init: object): init is Iterable<unknown> {
  return Symbol.iterator in init && typeof init[Symbol.iterator] === "function";
}

/** Known by its shape: grpc-js is never imported. It keeps its values in a map that is no part of its interface. */
function isGrpcJsMetadata(init: object): boolean {
  return "internalRepr" in init && "getMap" in init && typeof init.getMap === "function";
}

/**
 * An object literal, also of another realm, or one without prototype. Instances of classes keep what they hold where
 * own properties do not show it, and inherited properties are easily meant but never listed.
 */
function isRecord(init: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(init);
  return prototype === null || Object.hasOwn(prototype as object, "isPrototypeOf");
}

function pairOf(entry: unknown): readonly unknown[] {
  if (Array.isArray(entry) && entry.length === 2) return entry;
  const got = Array.isArray(entry) ? `an array of ${entry.length}` : kindOf(entry);
  throw new TypeError(`metadata: each entry must be a [name, value] pair, got ${got}`);
}

function unreadable(init: unknown): string {
  return `metadata: expected a record or [name, value] entries, got ${kindOf(init)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const name: unknown = (value as { readonly constructor?: { readonly name?: unknown } | null }).constructor?.name;
  return typeof name === "string" ? name : "object";
}
