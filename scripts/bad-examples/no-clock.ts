// As packages/grpc/src/channel/x.ts
export const now = () => Date.now();
