// As packages/grpc/src/server/x.ts
export const body = () => new ReadableStream();
