// As packages/grpc/src/server/x.ts
import { createWorld } from "@holdfast/grpc/sim";

export const x = createWorld;
