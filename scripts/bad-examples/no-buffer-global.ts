// As packages/grpc/src/http2/x.ts
export const bytes = Buffer.from("a");
