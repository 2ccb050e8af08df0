import type { Address, Host, SocketError } from "../../host/host.ts";
import type { Target } from "../target.ts";

/** What a resolver found. An empty list is a failure. */
export type Resolution =
  | { readonly kind: "addresses"; readonly addresses: readonly Address[] }
  | { readonly kind: "failed"; readonly error: SocketError };

/** Turns a target into addresses, when asked; never on its own. */
export interface Resolver {
  resolve(done: (resolution: Resolution) => void): void;
}

/** The resolver for a target: literal addresses as they stand, or the host's look-up of a name. */
export function createResolver(host: Host, target: Target): Resolver {
  if (target.kind === "addresses") {
    const { addresses } = target;
    return { resolve: (done) => host.defer(() => done({ kind: "addresses", addresses })) };
  }
  const { name, port } = target;
  return {
    resolve: (done) =>
      host.lookup(name, (result) => {
        if (result.kind === "failed") done(result);
        else
          done({ kind: "addresses", addresses: result.addresses.map((found) => ({ kind: "tcp", host: found, port })) });
      }),
  };
}
