// As packages/grpc/src/http2/x.test.ts
it.only("hides the others", () => {});
