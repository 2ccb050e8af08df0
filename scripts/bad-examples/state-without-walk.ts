// As packages/grpc/src/channel/x-state.ts
/** Shows a breach. */
export function step() {}
