// As packages/probe/src/x.ts
import { Transport } from "../../grpc/src/transport/transport.ts";

export const x = Transport;
