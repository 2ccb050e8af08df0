// As packages/grpc/src/channel/x.ts
export const weak = (held: object) => new WeakRef(held);
