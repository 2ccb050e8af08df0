// As packages/grpc/src/host/x.ts
import { nodeHost } from "./node/node-host.ts";

export const x = nodeHost;
