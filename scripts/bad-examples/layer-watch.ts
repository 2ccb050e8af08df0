// As packages/grpc/src/watch/x.ts
import type { Host } from "../host/host.ts";

export type X = Host;
