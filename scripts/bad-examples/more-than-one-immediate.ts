// As packages/grpc/src/sim/a.ts
/** Shows a breach. */
export const a = () => setImmediate(() => {});
// As packages/grpc/src/sim/b.ts
/** Shows a breach. */
export const b = () => setImmediate(() => {});
