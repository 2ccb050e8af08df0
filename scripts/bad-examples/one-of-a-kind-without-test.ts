// As packages/grpc/src/http2/frame/x.ts
/** Shows a breach. */
export const x = 1;
