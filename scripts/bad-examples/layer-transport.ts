// As packages/grpc/src/transport/x.ts
import type { Channel } from "../channel/channel.ts";

export type X = Channel;
