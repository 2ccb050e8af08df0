// As packages/grpc/src/http2/x.ts
import { y } from "./y.ts";

export const x = y;
