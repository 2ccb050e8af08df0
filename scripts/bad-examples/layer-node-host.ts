// As packages/grpc/src/host/node/x.ts
import { HpackDecoder } from "../../http2/hpack/decoder.ts";

export const x = HpackDecoder;
