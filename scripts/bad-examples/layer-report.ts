// As packages/grpc/src/report/x.ts
import type { Channel } from "../channel/channel.ts";

export type X = Channel;
