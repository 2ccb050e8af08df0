// As packages/grpc/src/sim/search/x.ts
import { nodeHost } from "../../host/node/node-host.ts";

export const x = nodeHost;
