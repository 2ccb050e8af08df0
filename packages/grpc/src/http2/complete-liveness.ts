import { defaultLiveness, type LivenessPolicy } from "./liveness-state.ts";

/** What was not said of a policy is gRPC's. Connections of one channel or server are given the same, and share it. */
export function completeLiveness(given: Partial<LivenessPolicy> = defaultLiveness): LivenessPolicy {
  let policy = known.get(given);
  if (policy === undefined) known.set(given, (policy = { ...defaultLiveness, ...given }));
  return policy;
}

const known = new WeakMap<Partial<LivenessPolicy>, LivenessPolicy>();
