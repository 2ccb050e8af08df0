// As packages/grpc/src/server/x.ts
export const soon = (work: () => void) => process.nextTick(work);
