// As packages/grpc/src/host/node/zip.ts
import type { Host } from "../host.ts";

export type X = Host;
