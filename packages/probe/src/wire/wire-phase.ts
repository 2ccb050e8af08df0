/** How far a wire is; each phase has what only it needs. */

export type WirePhase =
  | { readonly kind: "dialling" }
  /** TCP is up, TLS is being agreed on. */
  | { readonly kind: "securing"; readonly startedAtMs: number }
  /** Our preface is sent (or, with `until`, nothing is). */
  | { readonly kind: "greeting"; readonly startedAtMs: number }
  | { readonly kind: "open" }
  /** FIN was sent; what the peer still says is noted. */
  | { readonly kind: "leaving" }
  | { readonly kind: "ended" };
