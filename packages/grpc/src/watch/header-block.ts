/**
 * The header blocks of one direction as a bystander follows them: HEADERS and CONTINUATION joined, the sender's dynamic
 * table kept up. Owns the bounds; the decoding is the engine's.
 */

import { concat, copyOf } from "../http2/bytes.ts";
import type { HeaderList } from "../http2/header-list.ts";
import { HpackDecoder } from "../http2/hpack/decoder.ts";
import { maskField } from "./mask-field.ts";
import type { WatchedField } from "./watched-frame.ts";

/** 256 KiB: several times what any of the usual servers accepts as a header list. Also what an unfinished block may hold. */
export const maxBlockBytes = 262_144;
/** 1 MiB: a bystander follows the table that two others agreed on, but not into any amount of memory. */
const maxTableBytes = 1_048_576;

export type BlockFields =
  { readonly fields: readonly WatchedField[]; readonly list: HeaderList } | { readonly unreadable: string };

export class HeaderBlocks {
  readonly #masks: boolean;
  readonly #decoder = new HpackDecoder({ maxTableSize: 4_096, maxHeaderListBytes: 4 * maxBlockBytes, memory: false });
  #tableBytes = 4_096; // RFC 9113 §6.5.2, until somebody says otherwise
  #parts: Uint8Array[] = [];
  #length = 0;
  /** Why nothing more can be decoded: the tables of sender and bystander differ from here on, RFC 9113 §4.3. */
  #lost: string | undefined = undefined;

  constructor(masks: boolean) {
    this.#masks = masks;
  }

  /**
   * The receiver allows a table of this size. Only ever more: whether a sender obeys less is for the receiver to judge, and
   * what it decodes a bystander can, too.
   */
  allowTable(bytes: number): void {
    if (bytes <= this.#tableBytes) return;
    this.#tableBytes = Math.min(bytes, maxTableBytes);
    this.#decoder.setMaxTableSize(this.#tableBytes);
  }

  /** A piece of a block, borrowed. `missing` octets of it were not kept. The last piece brings the fields of the whole. */
  push(piece: Uint8Array, missing: number, last: boolean): BlockFields | undefined {
    this.#length += piece.length + missing;
    if (missing > 0 || this.#length > maxBlockBytes) {
      this.#lost ??= `a header block of more than ${maxBlockBytes} octets was passed over`;
      this.#parts = [];
    } else if (!last) this.#parts.push(copyOf(piece));
    if (!last) return undefined;
    const block = this.#parts.length === 0 ? piece : concat([...this.#parts, piece], this.#length);
    this.#parts = [];
    this.#length = 0;
    return this.#decode(block);
  }

  #decode(block: Uint8Array): BlockFields {
    if (this.#lost !== undefined) return { unreadable: this.#lost };
    const decoded = this.#decoder.decode(block);
    if (!isList(decoded)) {
      if (decoded.scope === "connection") this.#lost = `the header table was lost: ${decoded.detail}`;
      return { unreadable: this.#lost ?? decoded.detail };
    }
    const fields: WatchedField[] = [];
    for (let i = 0; i + 1 < decoded.length; i += 2) {
      const name = decoded[i] as string;
      const value = decoded[i + 1] as string;
      fields.push(this.#masks ? maskField(name, value) : [name, value]);
    }
    return { fields, list: decoded };
  }
}

function isList(decoded: HeaderList | { readonly scope: string }): decoded is HeaderList {
  return Array.isArray(decoded);
}
