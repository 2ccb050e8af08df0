// As packages/grpc/src/server/x.ts
export const later = (work: () => void) => globalThis.setTimeout(work, 10);
