// As packages/grpc/src/transport/x.ts
export const soon = (work: () => void) => setImmediate(work);
