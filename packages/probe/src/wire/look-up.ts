/** A name to its addresses, with the time it took and an end to waiting. */

import type { Host } from "@holdfast/grpc/host";
import type { LookupMet } from "./wire-end.ts";

/** `done` is called once, never before `lookUp` returned. A resolver that does not answer counts as `ETIMEDOUT`. */
export function lookUp(host: Host, name: string, limitMs: number, done: (met: LookupMet) => void): void {
  const startedAtMs = host.nowMs();
  let over = false;
  const finish = (met: Omit<LookupMet, "tookMs">): void => {
    if (over) return;
    over = true;
    timer.cancel();
    const tookMs = host.nowMs() - startedAtMs;
    host.defer(() => done({ ...met, tookMs }));
  };
  const timer = host.timer(limitMs, () => {
    const message = `the resolver did not answer in ${limitMs} ms`;
    finish({ addresses: [], error: { kind: "ETIMEDOUT", message } });
  });
  host.lookup(name, (result) => {
    finish(result.kind === "found" ? { addresses: result.addresses } : { addresses: [], error: result.error });
  });
}
