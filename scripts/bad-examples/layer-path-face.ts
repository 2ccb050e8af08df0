// As packages/path/src/index.ts
import { createChannel } from "@holdfast/grpc";

export const x = createChannel;
