// As packages/grpc/src/http2/x.ts
/** Shows a breach. */
export const x = 1;

export const limitBytes = 64 * 1024;
