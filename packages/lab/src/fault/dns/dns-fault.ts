/**
 * Owns the contract of a fault of names: a question and the true addresses in, what is answered out. Does not own the server
 * (`dns-server.ts`).
 */

export interface DnsQuestion {
  /** Lower case, without the dot at the end. */
  readonly name: string;
  /** RFC 1035 §3.2.2 and RFC 3596: 1 is A, 28 is AAAA, 16 is TXT. */
  readonly type: number;
  /** From 1, of all questions for this name and type. */
  readonly ordinal: number;
  /** Since the fault was put on. */
  readonly atMs: number;
}

export type DnsAnswer =
  /** No address: the name is there, such a record is not (NODATA). */
  | { readonly kind: "addresses"; readonly addresses: readonly string[] }
  /** RFC 1035 §4.1.1. */
  | { readonly kind: "error"; readonly rcode: 2 | 3 | 5 }
  | { readonly kind: "silence" };

export interface DnsFault {
  readonly id: string;
  readonly says: string;
  /** In [0, 1]: how likely a question meets the fault. Default: 1. */
  readonly probability?: number;
  answer(question: DnsQuestion, truth: readonly string[]): DnsAnswer;
}
