/** Owns what a listener hears of one accepted connection, both directions; it changes nothing. */

export interface LinkWatch {
  /** In the order in which they were read or written; borrowed. */
  bytes(from: "client" | "server", bytes: Uint8Array): void;
  /** A side sends nothing more. */
  ended(from: "client" | "server", how: "FIN" | "RST"): void;
}
