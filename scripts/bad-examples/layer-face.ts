// As packages/grpc/src/index.ts
export { createWorld } from "./sim/world.ts";
