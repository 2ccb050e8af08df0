/** What a tap is to do. */

import type { Address, ClientTls, ServerTls } from "@holdfast/grpc/host";

export interface TapOptions {
  readonly listen: Address;
  /** Looked up anew for each connection; its addresses are tried in their order. */
  readonly to: { readonly host: string; readonly port: number };
  /** Speak TLS with clients, with this certificate. */
  readonly listenTls?: Pick<ServerTls, "cert" | "key">;
  /** Speak TLS with the server. */
  readonly toTls?: Pick<ClientTls, "serverName" | "ca" | "insecure">;
  /** Connections at once; further ones are reset. Default 1,000. */
  readonly maxConnections?: number;
  /** From the first SYN to the server until it is given up, ms. Default 20,000, gRPC's minimum connect timeout. */
  readonly connectTimeoutMs?: number;
  /** Default `masked`. */
  readonly secrets?: "masked" | "shown";
}
