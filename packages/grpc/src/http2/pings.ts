import { allocate } from "./bytes.ts";

/** Why a PING was sent: its acknowledgement is told to that part of the connection. */
export type PingPurpose = "liveness" | "going-away" | "bandwidth" | "user";

/** "HOLD": tells our PINGs from others' in a capture; the sequence number follows. */
const tag = 0x484f4c44;

/** The PINGs of ours that wait for their acknowledgement, RFC 9113 §6.7. */
export class Pings {
  /** Made for the first PING: most connections never send one. */
  #waiting: Map<number, PingPurpose> | undefined = undefined;
  #next = 1;
  /** How many asked for a sign of life. */
  keepalives = 0;

  start(purpose: PingPurpose): number {
    if (purpose === "liveness") this.keepalives++;
    const sequence = this.#next++;
    (this.#waiting ??= new Map<number, PingPurpose>()).set(sequence, purpose);
    return sequence;
  }

  /** The eight octets of a PING. */
  payload(sequence: number): Uint8Array {
    const bytes = allocate(8);
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    view.setUint32(0, tag);
    view.setUint32(4, sequence);
    return bytes;
  }

  /** What the acknowledgement answers; undefined if to nothing of ours. */
  acknowledged(
    bytes: Uint8Array,
    at: number,
  ): { readonly sequence: number; readonly purpose: PingPurpose } | undefined {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8);
    if (view.getUint32(0) !== tag) return undefined;
    const sequence = view.getUint32(4);
    const purpose = this.#waiting?.get(sequence);
    if (purpose === undefined) return undefined;
    this.#waiting?.delete(sequence);
    return { sequence, purpose };
  }
}
