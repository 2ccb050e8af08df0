/**
 * Metadata: what an application sends beside its messages. Owns which names and values are allowed and how they go into
 * HTTP/2 header lists and back (gRPC's PROTOCOL-HTTP2 "Custom-Metadata"). The headers of the protocol itself never
 * appear in it.
 */

import { base64, fromBase64 } from "../http2/bytes.ts";
import type { HeaderList } from "../http2/header-list.ts";
import { metadataEntries } from "./metadata-entries.ts";

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
    for (const [name, value] of metadataEntries(init)) this.append(name as string, value as MetadataValue);
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
    const key = checkedName(name);
    checkValue(key, value);
    this.delete(key);
    appendUnchecked(this, key, value);
    return this;
  }

  /** Adds a value behind those that `name` has. */
  append(name: string, value: MetadataValue): this {
    const key = checkedName(name);
    checkValue(key, value);
    appendUnchecked(this, key, value);
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
    if (readOnlyNames.has(name)) continue;
    into.push(name, typeof value === "string" ? value : base64(value).replace(/=+$/, ""));
  }
  return into;
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

function checkedName(name: string): string {
  if (typeof name !== "string") throw new TypeError(`metadata name: expected a string, got ${typeof name}`);
  const key = name.toLowerCase();
  if (!/^[0-9a-z_.-]+$/.test(key)) {
    throw new TypeError(`metadata name ${JSON.stringify(name)}: allowed are letters, digits, "_", "-" and "."`);
  }
  if (!isMetadataName(key)) throw new TypeError(`metadata name "${key}" belongs to the protocol and cannot be set`);
  return key;
}

function checkValue(name: string, value: MetadataValue): void {
  if (name.endsWith("-bin")) {
    if (value instanceof Uint8Array) return;
    throw new TypeError(`metadata "${name}" ends in -bin and takes a Uint8Array, not ${typeof value}`);
  }
  if (typeof value !== "string") {
    const hint = (value as unknown) instanceof Uint8Array ? `; bytes need a name ending in "-bin"` : "";
    throw new TypeError(`metadata "${name}" takes a string, not ${typeof value}${hint}`);
  }
  // RFC 9113 §8.2.1 forbids whitespace at either end.
  if (!/^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(value)) {
    throw new TypeError(
      `metadata "${name}": the value ${JSON.stringify(value)} must be printable ASCII without spaces at its ends; ` +
        `anything else needs a name ending in "-bin"`,
    );
  }
}
