/** Owns the contract between a script and the peer that plays it. */

import type { PeerConnection } from "./peer-connection.ts";

export interface PeerScript {
  /** What SETTINGS say besides wide windows; `none`: the peer accepts TCP and never greets. Default: no limits. */
  readonly settings?: { readonly maxConcurrentStreams?: number } | "none";
  /** Called when the connection is accepted, before the first byte is read. */
  readonly play: (connection: PeerConnection) => void | Promise<void>;
}

/** A connection that serves every call. */
export const wellBehaved: PeerScript = { play: () => {} };
