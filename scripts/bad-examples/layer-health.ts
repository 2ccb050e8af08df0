// As packages/grpc/src/health/x.ts
import { nodeHost } from "../host/node/node-host.ts";

export const x = nodeHost;
