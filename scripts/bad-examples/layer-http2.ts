// As packages/grpc/src/http2/x.ts
import { Channel } from "../channel/channel.ts";

export const x = Channel;
