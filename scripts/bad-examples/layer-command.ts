// As packages/holdfast/src/x.ts
import { createWorld } from "@holdfast/grpc/sim";

export const x = createWorld;
