/** What in a server's SETTINGS will hurt a gRPC client. Pure. */

import type { WatchedSetting } from "@holdfast/grpc/watch";
import { doubtful, failed } from "./finding.ts";
import type { Finding } from "./step.ts";

/** Fewer calls at once than a browser opens: nobody means that for a gRPC server. */
const fewStreams = 10;
/** Half of gRPC's default of 8 KiB for metadata (`grpc.max_metadata_size`). */
const smallHeaderList = 4_096;

export function judgeSettings(values: readonly WatchedSetting[]): Finding[] {
  const announced = new Map(values);
  const findings: Finding[] = [];
  const streams = announced.get("MAX_CONCURRENT_STREAMS");
  if (streams === 0) {
    const text = "The server allows no stream at all (MAX_CONCURRENT_STREAMS 0).";
    findings.push(
      failed(
        "no-streams-allowed",
        text,
        "Every call waits in the client until its deadline. A server says that while it is not ready, or to shed load.",
      ),
    );
  } else if (streams !== undefined && streams < fewStreams) {
    const text = `The server allows ${streams} calls at once on a connection (MAX_CONCURRENT_STREAMS).`;
    findings.push(
      doubtful(
        "few-streams-allowed",
        text,
        "Further calls wait in the client, without a word. Raise it, or use several channels.",
      ),
    );
  }
  const headerList = announced.get("MAX_HEADER_LIST_SIZE");
  if (headerList !== undefined && headerList < smallHeaderList) {
    const text = `The server takes at most ${headerList} octets of metadata (MAX_HEADER_LIST_SIZE).`;
    findings.push(
      doubtful(
        "small-header-limit",
        text,
        "Tokens and traces in headers soon pass that; calls then fail with RESOURCE_EXHAUSTED or INTERNAL.",
      ),
    );
  }
  return findings;
}
