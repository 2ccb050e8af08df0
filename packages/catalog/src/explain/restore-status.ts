/**
 * Writes names of gRPC statuses as programs write them where they stand: `UNAVAILABLE: `, `code = Unavailable`,
 * `[unavailable] `. Owns the spelling and the blanks around it, not whether it is a status at all.
 */

import { statusNames } from "../record/vocabulary.ts";
import { statusNamed } from "../read/status-names.ts";

/** What stands around statuses and their messages, as programs write it; fixed parts like those of templates. */
export const statusFrames: readonly string[] = [
  "rpc error: code = ",
  "io.grpc.StatusRuntimeException: ",
  "io.grpc.StatusException: ",
  "ConnectError: ",
  "ClientError: ",
  "Grpc.Core.RpcException: ",
  "StatusCode=",
  "Status { code: ",
  ', message: "',
  "_InactiveRpcError of RPC that terminated with:",
  "_MultiThreadedRendezvous of RPC that terminated with:",
  "status = StatusCode.",
  'details = "',
  'debug_error_string = "',
];

/** With `_`, a blank or nothing between the words of a name. */
const name = [...statusNames.slice(1), "CANCELED"].map((each) => each.replaceAll("_", "[_ ]?")).join("|");
const inPlace = new RegExp(
  String.raw`(code = |StatusCode=["']?|StatusCode\.|GRPC::|code: '?|\[)?(?<![A-Za-z_])(${name})(?![A-Za-z_])(\s{0,4}: {0,4}|\] {0,4})?`,
  "gi",
);
const description = /\bdesc {0,4}= {0,4}/gi;

export function restoreStatus(text: string): string {
  return text.replace(description, "desc = ").replace(inPlace, (all, before = "", spelling = "", behind = "") => {
    const [front, written, rear] = [String(before), String(spelling), String(behind)];
    const status = statusNamed(written.replaceAll(" ", "_"));
    if (status === undefined) return all;
    if (front === "[" && rear.startsWith("]"))
      return `[${status === "CANCELLED" ? "canceled" : status.toLowerCase()}] `;
    if (front.toLowerCase() === "statuscode.") return `StatusCode.${status}${rear}`;
    if (front !== "" && front !== "[") return front + camel(status) + rear;
    return rear.includes(":") ? `${front}${status}: ` : all;
  });
}

function camel(status: string): string {
  const written = status.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return written;
}
