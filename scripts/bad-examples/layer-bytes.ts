// As packages/grpc/src/http2/bytes.ts
import { errorCode } from "./error-code.ts";

export const x = errorCode;
