/**
 * The octets of list prefixes that went out before. The front of a request or response (method, scheme, path, authority,
 * content type …) is the same in every call of a method; when all of it stands in the tables, its octets follow from the
 * fields and the generation of the dynamic table alone, and are copied. Only such prefixes are kept: nothing that was
 * inserted, no literal, so nothing secret either.
 */
import { copyOf } from "../bytes.ts";
import type { ByteWriter } from "../bytes.ts";
import type { HeaderList } from "../header-list.ts";

interface Prefix {
  readonly generation: number;
  /** Names and values, as in a list. */
  readonly fields: HeaderList;
  readonly octets: Uint8Array;
}

// 64: a client of more methods than that starts to remember anew; a prefix is some hundred bytes, mostly shared strings.
const maxPrefixes = 64;
// One field is found as fast in the tables.
const minFields = 2;

export class EncodeMemory {
  /** Made for the first prefix, which comes with a second call. */
  #prefixes: Map<string, Prefix> | undefined = undefined;

  /** Appends the octets of the remembered prefix of `list`, if there is one; the length of that prefix in the list. */
  replay(list: HeaderList, generation: number, into: ByteWriter): number {
    const prefix = this.#prefixes?.get(keyOf(list));
    if (prefix === undefined || prefix.generation !== generation) return 0;
    const fields = prefix.fields;
    for (let i = 0; i < fields.length; i++) if (fields[i] !== list[i]) return 0;
    into.run(prefix.octets);
    return fields.length;
  }

  /**
   * Keeps the first `length` items of `list`, all of which stood in the tables, and what they became: the octets from
   * `mark` on.
   */
  keep(list: HeaderList, length: number, generation: number, from: ByteWriter, mark: number): void {
    // Without its key a prefix is worth little, and a path with an id in it would bring a new one with each call.
    if (length < 2 * minFields || length <= keyPlace(list)) return;
    const prefixes = (this.#prefixes ??= new Map<string, Prefix>());
    if (prefixes.size >= maxPrefixes) prefixes.clear();
    prefixes.set(keyOf(list), {
      generation,
      fields: list.slice(0, length),
      octets: copyOf(from.peek().subarray(mark)),
    });
  }
}

/** One prefix is kept for each path or, where there is none, for each value of the first field (`:status`). */
function keyOf(list: HeaderList): string {
  return list[keyPlace(list)] ?? "";
}

/** A request has four pseudo-headers at most that come before the path's value (RFC 9113 §8.3.1, RFC 8441 §4). */
function keyPlace(list: HeaderList): number {
  for (let i = 0; i < 10; i += 2) if (list[i] === ":path") return i + 1;
  return 1;
}
