// As packages/grpc/src/channel/x.ts
import net from "node:net";

export const connect = net.connect;
