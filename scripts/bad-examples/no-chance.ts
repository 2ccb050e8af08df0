// As packages/grpc/src/channel/x.ts
const { random } = Math;

export const jitter = () => random();
