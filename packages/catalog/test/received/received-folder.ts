/**
 * The received records: other people's, so they lie beside the project, in the folder that HOLDFAST_RECEIVED names, and
 * none of their sentences stands here. Without the folder the tests about them say that they were skipped.
 */

import { readFileSync, existsSync } from "node:fs";
import path from "node:path";

export const receivedFolder = process.env["HOLDFAST_RECEIVED"];
const isThere = receivedFolder !== undefined && existsSync(receivedFolder);

export const whySkipped = isThere ? undefined : "HOLDFAST_RECEIVED names no folder of received records";
/** Behind the name of a test, so that a report shows why it did nothing. */
export const skippedNote = isThere ? "" : ` (skipped: ${whySkipped ?? ""})`;

export const receivedId = "grpc/connection-close-during-stream";
export const receivedJson = "grpc-connection-close-during-stream.json";
export const receivedMarkdown = "grpc-connection-close-during-stream.md";
/** Those that came as the text of a page only. */
export const receivedPages = [
  "communication-http2-goaway-frame-received.html.txt",
  "grpc-stream-interrupted-by-shutdown.html.txt",
];

export function readReceived(name: string): string {
  return readFileSync(path.join(receivedFolder ?? "", name), "utf8");
}
