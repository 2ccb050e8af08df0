// As packages/grpc/test/sim/x.test.ts
await new Promise((resolve) => setTimeout(resolve, 100));
