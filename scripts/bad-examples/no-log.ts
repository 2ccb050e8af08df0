// As packages/grpc/src/channel/x.ts
export const warn = (text: string) => console.warn(text);
