/** A gRPC status as a program printed it. Owns the shape; who finds it is `statuses-in.ts` and `block-status.ts`. */

import type { Implementation, StatusName } from "../record/vocabulary.ts";

export interface ReadStatus {
  readonly code: StatusName;
  /** What stands behind the code, without quotes and escapes; empty when nothing does. */
  readonly message: string;
  /** Whose way of writing this is, when only one writes so. */
  readonly implementation?: Implementation;
  /** How sure it is that this is a gRPC status at all: `form` is a shape that nothing else has. */
  readonly proof: "form" | "words";
}
