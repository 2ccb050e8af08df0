// As packages/grpc/src/http2/a.ts
/** Shows a breach. */
import { b } from "./b.ts";

export const a = () => b;
// As packages/grpc/src/http2/b.ts
/** Shows a breach. */
import { a } from "./a.ts";

export const b = () => a;
