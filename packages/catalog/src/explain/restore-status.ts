/**
 * Writes names of gRPC statuses as programs write them where they stand: `UNAVAILABLE: `, `code = Unavailable`,
 * `[unavailable] `. Owns the spelling and the blanks around it, not whether it is a status at all.
 */

import { statusNames, type StatusName } from "../record/vocabulary.ts";
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
/** What says how the name behind it is written. */
const frame = String.raw`code = |StatusCode=["']?|StatusCode\.|GRPC::|code: '?|\[|(?<!\d)1?\d {1,2}|Exception: `;
const inPlace = new RegExp(
  String.raw`(${frame})?(?<![A-Za-z_])(${name})(?![A-Za-z_])(\s{0,4}:[ \t]{0,4}|\] {0,4})?`,
  "gi",
);
const description = /\bdesc {0,4}= {0,4}/gi;

/** `isKnown` says whether a message is one that programs print: before it even `unavailable: ` is a status. */
export function restoreStatus(text: string, isKnown: (message: string) => boolean): string {
  return text
    .replace(description, "desc = ")
    .replace(inPlace, (all: string, front = "", written = "", rear = "", at = 0, whole = "") => {
      const status = statusNamed(written.replaceAll(" ", "_"));
      if (status === undefined) return all;
      if (front === "[") return rear.startsWith("]") ? `[${lower(status)}] ` : all;
      if (front.toLowerCase() === "statuscode.") return `StatusCode.${status}${rear}`;
      if (!rear.includes(":")) return front === "" || /^\d/.test(front) ? all : front + camel(status) + rear;
      const isSure = front !== "" || /_|^[A-Z ]+$/.test(written) || isKnown(whole.slice(at + all.length));
      return isSure ? `${front.trimEnd()}${front === "" ? "" : " "}${status}: ` : all;
    });
}

function lower(status: StatusName): string {
  return status === "CANCELLED" ? "canceled" : status.toLowerCase();
}

function camel(status: StatusName): string {
  return status.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
