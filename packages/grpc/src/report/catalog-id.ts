/** Which entry of the catalog explains a failure: that of its reason, made more exact by what the wire said. */

import { errorCode } from "../http2/error-code.ts";
import type { Evidence } from "./evidence.ts";
import { reasons, type Reason } from "./reasons.ts";

const byResetCode: Readonly<Record<number, string>> = {
  [errorCode.NO_ERROR]: "http2/rst-no-error-without-status",
  [errorCode.PROTOCOL_ERROR]: "http2/rst-protocol-error",
  [errorCode.CANCEL]: "http2/rst-cancel-from-server",
  [errorCode.ENHANCE_YOUR_CALM]: "http2/rst-enhance-your-calm",
  [errorCode.HTTP_1_1_REQUIRED]: "http2/goaway-http11-required",
};

export function catalogId(reason: Reason, evidence: readonly Evidence[]): string {
  if (reason === "STREAM_RESET") {
    const reset = evidence.find((fact) => fact.kind === "stream-reset");
    return (reset && byResetCode[reset.code]) ?? reasons.STREAM_RESET.entry;
  }
  if (reason === "REFUSED_STREAM" && evidence.some((fact) => fact.kind === "refused-stream" && !fact.trusted)) {
    return "haproxy/refused-stream-after-forwarding";
  }
  return reasons[reason].entry;
}
