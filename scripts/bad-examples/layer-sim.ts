// As packages/grpc/src/sim/x.ts
import type { Channel } from "../channel/channel.ts";
import { createChannel } from "../channel/channel.ts";

export const x: Channel = createChannel();
