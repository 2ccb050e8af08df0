/** Owns the rows in which every call's stream is reset and the connection lives on: I L M N O. */

import type { CodeName } from "../peer/frame.ts";
import type { Row } from "./row.ts";
import { callsPerRow, row } from "./row.ts";

export const streamResetRows = [
  row("I", "RST_STREAM(REFUSED_STREAM) on all", async (peer) => {
    peer.resetStreams(await peer.calls(callsPerRow), "REFUSED_STREAM");
  }),
  resetAfterExecution("L", "RST_STREAM(ENHANCE_YOUR_CALM) on all", "ENHANCE_YOUR_CALM"),
  resetAfterExecution("M", "RST_STREAM(CANCEL) on all", "CANCEL"),
  resetAfterExecution("N", "RST_STREAM(INTERNAL_ERROR) on all", "INTERNAL_ERROR"),
  resetAfterExecution("O", "RST_STREAM(NO_ERROR) on all, before any headers", "NO_ERROR"),
];

/** Only REFUSED_STREAM says that nothing was executed (RFC 9113 §8.7). */
function resetAfterExecution(id: string, event: string, code: CodeName): Row {
  return row(id, event, async (peer) => {
    const calls = await peer.calls(callsPerRow);
    peer.execute(calls);
    peer.resetStreams(calls, code);
  });
}
