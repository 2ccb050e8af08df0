// As packages/grpc/src/http2/x.ts
/** Shows a breach. */
// eslint-disable-next-line eqeqeq
export const x = 1;
