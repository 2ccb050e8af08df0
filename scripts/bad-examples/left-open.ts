// As packages/grpc/src/http2/x.ts
/** Shows a breach. */
// TODO: later
export const x = 1;
