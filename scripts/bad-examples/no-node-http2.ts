// As packages/grpc/src/host/node/x.ts
export const loadHttp2 = () => import("node:http2");
