// As packages/grpc/src/channel/x.ts
import { nodeHost } from "../host/node/node-host.ts";

export const x = nodeHost;
