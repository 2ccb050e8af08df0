/** Owns the scripts of peers whose answer itself is the trouble: a status, no trailers, wrong bytes, too many bytes. */

import { dataFrame, headersFrame } from "../peer/frame.ts";
import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { eachCall } from "./each-call.ts";
import type { ScriptOf } from "./peer-world.ts";

export type Answer = (peer: PeerConnection, call: PeerCall) => void | Promise<void>;

/** gRPC's content type, RFC-less but for gRPC's own document of its protocol. */
const answerFields = { ":status": "200", "content-type": "application/grpc" };

export interface Answered {
  /** So many calls are answered so, over all connections; those after them well. Default: all. */
  readonly calls?: number;
  /** Default: yes. */
  readonly ran?: "yes" | "no";
}

/** Every call, or the first ones, runs and gets this answer. */
export function answers(answer: Answer, { calls = Infinity, ran = "yes" }: Answered = {}): ScriptOf {
  return eachCall((peer, call) => {
    if (ran === "yes") peer.execute([call]);
    return answer(peer, call);
  }, calls);
}

/** One call ends with this status; later ones are answered. */
export function endsWith(status: number, message: string): ScriptOf {
  return answers((peer, call) => peer.answerStatus(call, status, message, "not-begun"), { calls: 1 });
}

/** Headers and these bytes; END_STREAM on the last of them, or trailers behind them. */
export function answerBytes(bytes: Uint8Array, end: "trailers" | "no-trailers" | "stays-open"): Answer {
  return (peer, call) => {
    peer.write(headersFrame(call.streamId, answerFields, false));
    // RFC 9113 §4.2: no frame above 16,384 bytes unless the client allowed it.
    for (let at = 0; at === 0 || at < bytes.byteLength; at += 16_384) {
      const part = bytes.subarray(at, at + 16_384);
      const isLast = at + part.byteLength >= bytes.byteLength;
      peer.write(dataFrame(call.streamId, part, isLast && end === "no-trailers"));
    }
    if (end === "trailers") peer.write(headersFrame(call.streamId, { "grpc-status": "0" }, true));
  };
}

/** A gRPC message of so many zero bytes: flag 0, length, body. */
export function messageOf(bytes: number): Uint8Array {
  const message = Buffer.alloc(5 + bytes);
  message.writeUInt32BE(bytes, 1);
  return message;
}

export const serves: ScriptOf = () => wellBehaved;
