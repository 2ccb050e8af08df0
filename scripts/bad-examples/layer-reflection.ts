// As packages/grpc/src/reflection/x.ts
import { createChannel } from "../channel/channel.ts";

export const x = createChannel;
