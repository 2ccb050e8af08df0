/**
 * Reads JSON that people wrote by hand: collects every fault with its path instead of stopping at the first, knows a
 * misspelt name from a strange one, and warns once for what is known but not read. Owns no knowledge of what is read.
 */
import { nearest } from "../rpc/nearest.ts";

/** A value with its place, for instance `methodConfig[0].timeout`. */
export interface Field {
  readonly path: string;
  readonly value: unknown;
}

export class ConfigReader {
  readonly faults: string[] = [];
  readonly #warnings = new Set<string>();

  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  fault(path: string, text: string): undefined {
    this.faults.push(path === "" ? text : `${path}: ${text}`);
  }

  /** Says a thing once; the places in lists do not make it another thing. */
  warn(path: string, text: string): void {
    this.#warnings.add(`${path.replace(/\[\d+\]/g, "[]")}: ${text}`);
  }

  /** The members of an object. `read` are the names we read, `unread` those that exist and that we do not read. */
  object({ path, value }: Field, read: readonly string[], unread: readonly string[] = []): ConfigObject | undefined {
    if (!isObject(value)) return this.fault(path, `expected an object, not ${kindOf(value)}`);
    const misspelt = new Set<string>();
    for (const name of Object.keys(value)) {
      const place = member(path, name);
      if (read.includes(name)) continue;
      if (unread.includes(name)) {
        if (value[name] !== null) this.warn(place, "not read yet, so it has no effect here");
        continue;
      }
      const meant = nearest(name, [...read, ...unread]);
      if (meant !== undefined) misspelt.add(meant);
      this.fault(
        place,
        meant === undefined ? `unknown field; known are ${[...read, ...unread].join(", ")}` : `did you mean ${meant}?`,
      );
    }
    return new ConfigObject(this, path, value, misspelt);
  }

  list({ path, value }: Field): readonly Field[] {
    if (Array.isArray(value)) return value.map((each: unknown, i) => ({ path: `${path}[${i}]`, value: each }));
    this.fault(path, `expected a list, not ${kindOf(value)}`);
    return [];
  }

  boolean({ path, value }: Field): boolean | undefined {
    return typeof value === "boolean" ? value : this.fault(path, `expected true or false, not ${shown(value)}`);
  }

  string({ path, value }: Field): string | undefined {
    return typeof value === "string" ? value : this.fault(path, `expected a string, not ${shown(value)}`);
  }

  /** A finite number that `isFit`; `expected` completes "expected …". */
  number({ path, value }: Field, expected: string, isFit: (value: number) => boolean): number | undefined {
    const fits = typeof value === "number" && Number.isFinite(value) && isFit(value);
    return fits ? value : this.fault(path, `expected ${expected}, not ${shown(value)}`);
  }

  /** A duration in protobuf's JSON form, `"0.1s"`, as ms. */
  durationMs({ path, value }: Field, isFit: (ms: number) => boolean, expected: string): number | undefined {
    const form = typeof value === "string" ? /^(-?\d{1,12}(?:\.\d{1,9})?)s$/.exec(value) : null;
    const ms = form === null ? NaN : Math.round(Number(form[1]) * 1e9) / 1e6; // whole nanoseconds
    return isFit(ms) ? ms : this.fault(path, `expected ${expected}, not ${shown(value)}`);
  }
}

/** The members of one object. A member that is null is absent, as in protobuf's JSON. */
class ConfigObject {
  readonly #reader: ConfigReader;
  readonly #path: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #misspelt: ReadonlySet<string>;

  constructor(
    reader: ConfigReader,
    path: string,
    values: Readonly<Record<string, unknown>>,
    misspelt: ReadonlySet<string>,
  ) {
    this.#reader = reader;
    this.#path = path;
    this.#values = values;
    this.#misspelt = misspelt;
  }

  get(name: string): Field | undefined {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return value === undefined || value === null ? undefined : { path: member(this.#path, name), value };
  }

  /** As `get`; absence is a fault, unless the misspelt name has been told already. */
  required(name: string): Field | undefined {
    const field = this.get(name);
    if (field === undefined && !this.#misspelt.has(name)) this.#reader.fault(member(this.#path, name), "is required");
    return field;
  }
}

export type { ConfigObject };

function member(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return `a ${typeof value}`;
}

function shown(value: unknown): string {
  return typeof value === "object" ? kindOf(value) : (JSON.stringify(value) ?? typeof value);
}
