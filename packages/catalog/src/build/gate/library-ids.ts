/** Which entries the library can name in a `StatusError`: every reason, with every kind of evidence that changes the answer. */

import { catalogId, reasons, type Evidence, type Reason } from "@holdfast/grpc/report";

/** The last code of RFC 9113, section 7 (HTTP_1_1_REQUIRED). */
const lastHttp2Code = 0xd;

/** Id → the reason that leads there, for the message when it is missing. */
export function libraryIds(): ReadonlyMap<string, string> {
  const resets: Evidence[] = Array.from({ length: lastHttp2Code + 1 }, (_, code) => ({ kind: "stream-reset", code }));
  const refusals: Evidence[] = [true, false].map((trusted) => ({ kind: "refused-stream", trusted }));
  const evidence = [[], ...[...resets, ...refusals].map((fact) => [fact])];
  const ids = new Map<string, string>();
  for (const reason of Object.keys(reasons) as Reason[]) {
    for (const facts of evidence) {
      const id = catalogId(reason, facts);
      if (!ids.has(id)) ids.set(id, `reason ${reason}`);
    }
  }
  return ids;
}
