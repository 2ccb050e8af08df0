// As packages/grpc/src/http2/x.ts
export function receive() {
  throw new Error("the peer sent nonsense");
}
