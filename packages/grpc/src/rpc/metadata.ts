/**
 * Metadata: what an application sends beside its messages. Owns which names and values are allowed and how they go into
 * HTTP/2 header lists and back (gRPC's PROTOCOL-HTTP2 "Custom-Metadata"). The headers of the protocol itself never
 * appear in it.
 */

import { base64, fromBase64 } from "../http2/bytes.ts";
import type { HeaderList } from "../http2/header-list.ts";
import { eachMetadataEntry } from "./metadata-entries.ts";

/** Text, or bytes for names that end in `-bin`. */
export type MetadataValue = string | Uint8Array;

/** What a name holds, as far as its type tells. */
export type MetadataValueOf<Name extends string> = string extends Name
  ? MetadataValue
  : Name extends `${string}-bin`
    ? Uint8Array
    : string;

export type MetadataInit =
  | Iterable<readonly [name: string, value: MetadataValue]>
  | Readonly<Record<string, MetadataValue | readonly MetadataValue[]>>;

/** Headers that HTTP/2 or gRPC own; metadata may not set them and does not show them. */
const ownedNames = new Set([
  "connection",
  "content-length",
  "content-type",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** `grpc-` is reserved, but these are documented for applications: tracing, and A6's word of a server to retry later. */
const openReservedNames = new Set(["grpc-trace-bin", "grpc-tags-bin", "grpc-retry-pushback-ms"]);

/** Told to servers (A6), and to everyone in a request; written by the channel alone. */
const readOnlyNames = new Set(["grpc-previous-rpc-attempts", "user-agent"]);

let appendUnchecked: (metadata: Metadata, name: string, value: MetadataValue) => void;

/**
 * An ordered multimap. Names are case-insensitive and kept in lower case; those that end in `-bin` hold bytes, others
 * printable ASCII. A name or value that cannot travel is a `TypeError` at once, naming it.
 */
export class Metadata {
  static {
    appendUnchecked = (metadata, name, value) => void metadata.#entries.push([name, value]);
  }

  readonly #entries: (readonly [name: string, value: MetadataValue])[] = [];

  /** Takes all of `init` or throws a `TypeError`; a list stands for several values, an empty one for none. */
  constructor(init: MetadataInit = []) {
    eachMetadataEntry(init, this, (into, name, value) => into.append(name as string, value as MetadataValue));
  }

  /** How many values there are, over all names. */
  get size(): number {
    return this.#entries.length;
  }

  /** The first value of `name`. */
  get<Name extends string>(name: Name): MetadataValueOf<Name> | undefined {
    const key = name.toLowerCase();
    return this.#entries.find(([each]) => each === key)?.[1] as MetadataValueOf<Name> | undefined;
  }

  /** Every value of `name`, in order. */
  getAll<Name extends string>(name: Name): MetadataValueOf<Name>[] {
    const key = name.toLowerCase();
    return this.#entries.filter(([each]) => each === key).map(([, value]) => value as MetadataValueOf<Name>);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Replaces every value of `name`. */
  set(name: string, value: MetadataValue): this {
    const known = checkedName(name);
    checkValue(known, value);
    this.delete(known.key);
    appendUnchecked(this, known.key, value);
    return this;
  }

  /** Adds a value behind those that `name` has. */
  append(name: string, value: MetadataValue): this {
    const known = checkedName(name);
    checkValue(known, value);
    appendUnchecked(this, known.key, value);
    return this;
  }

  /** True if there was something to delete. */
  delete(name: string): boolean {
    const key = name.toLowerCase();
    const before = this.#entries.length;
    for (let i = before - 1; i >= 0; i--) if (this.#entries[i]?.[0] === key) this.#entries.splice(i, 1);
    return this.#entries.length < before;
  }

  /** Name and value in the order they were added. */
  entries(): IterableIterator<readonly [name: string, value: MetadataValue]> {
    return this.#entries.values();
  }

  [Symbol.iterator](): IterableIterator<readonly [name: string, value: MetadataValue]> {
    return this.entries();
  }

  /** For logs and JSON: names to their values, bytes as base64. */
  toJSON(): Record<string, string[]> {
    // Without prototype: a peer may send a field that is called "constructor".
    const json = Object.create(null) as Record<string, string[]>;
    for (const [name, value] of this.#entries) {
      (json[name] ??= []).push(typeof value === "string" ? value : base64(value));
    }
    return json;
  }
}

/** Appends to a header list under construction. Bytes go as base64 without padding. */
export function metadataToHeaders(metadata: Metadata, into: string[] = []): string[] {
  for (const [name, value] of metadata) {
    // Copied from a request that we served, perhaps; ours are written by the channel.
    if (!readOnlyNames.has(name)) into.push(name, fieldValue(value));
  }
  return into;
}

/**
 * The same for what a caller passes, checked as `new Metadata(init)` checks it and without the objects in between: they
 * would be a third of what a call allocates (bench row `unary-client-bytes`).
 */
export function metadataInitToHeaders(init: MetadataInit, into: string[]): void {
  if (init instanceof Metadata) metadataToHeaders(init, into);
  else eachMetadataEntry(init, into, pushField);
}

function pushField(into: string[], name: unknown, value: unknown): void {
  const known = checkedName(name);
  checkValue(known, value);
  if (!readOnlyNames.has(known.key)) into.push(known.key, fieldValue(value));
}

function fieldValue(value: MetadataValue): string {
  return typeof value === "string" ? value : base64(value).replace(/=+$/, "");
}

/**
 * What of a received list is metadata. Takes everything a peer may send and never throws; make it when the application
 * asks, since most calls never do.
 */
export function metadataFromHeaders(headers: HeaderList): Metadata {
  const metadata = new Metadata();
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    if (!isMetadataName(name)) continue;
    if (!name.endsWith("-bin")) {
      appendUnchecked(metadata, name, value);
      continue;
    }
    // Hops may join equal names with commas, which no base64 contains.
    for (const part of value.split(",")) appendUnchecked(metadata, name, fromBase64(part));
  }
  return metadata;
}

function isMetadataName(name: string): boolean {
  if (name.startsWith(":") || ownedNames.has(name)) return false;
  return !name.startsWith("grpc-") || openReservedNames.has(name) || readOnlyNames.has(name);
}

/** What is known of a name that may be set. */
interface SoundName {
  /** In lower case. */
  readonly key: string;
  readonly binary: boolean;
}

/** Names that were checked before, as callers write them: a process uses few, and each call uses them again. */
const soundNames = new Map<string, SoundName>();
// Names that are made up for each call must not fill the memory.
const maxSoundNames = 1_000;

function checkedName(name: unknown): SoundName {
  const known = soundNames.get(name as string);
  if (known !== undefined) return known;
  if (typeof name !== "string") throw new TypeError(`metadata name: expected a string, got ${typeof name}`);
  const key = name.toLowerCase();
  if (!/^[0-9a-z_.-]+$/.test(key)) {
    throw new TypeError(`metadata name ${JSON.stringify(name)}: allowed are letters, digits, "_", "-" and "."`);
  }
  if (!isMetadataName(key)) throw new TypeError(`metadata name "${key}" belongs to the protocol and cannot be set`);
  const sound = { key, binary: key.endsWith("-bin") };
  if (soundNames.size < maxSoundNames) soundNames.set(name, sound);
  return sound;
}

function checkValue({ key, binary }: SoundName, value: unknown): asserts value is MetadataValue {
  if (binary) {
    if (value instanceof Uint8Array) return;
    throw new TypeError(`metadata "${key}" ends in -bin and takes a Uint8Array, not ${typeof value}`);
  }
  if (typeof value !== "string") {
    const hint = value instanceof Uint8Array ? `; bytes need a name ending in "-bin"` : "";
    throw new TypeError(`metadata "${key}" takes a string, not ${typeof value}${hint}`);
  }
  if (!isPrintable(value)) {
    throw new TypeError(
      `metadata "${key}": the value ${JSON.stringify(value)} must be printable ASCII without spaces at its ends; ` +
        `anything else needs a name ending in "-bin"`,
    );
  }
}

const space = 0x20;
const tilde = 0x7e;

/** RFC 9113 §8.2.1 forbids whitespace at either end. */
function isPrintable(value: string): boolean {
  if (value.charCodeAt(0) === space || value.charCodeAt(value.length - 1) === space) return false;
  for (let i = 0; i < value.length; i++) {
    const char = value.charCodeAt(i);
    if (char < space || char > tilde) return false;
  }
  return true;
}
