/** Owns scripts of a server behind a proxy: it acts on its first counted call and is gone, or leaves in good order. */

import type { Trial } from "../experiment/experiment.ts";
import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { eachCall } from "./each-call.ts";
import type { ScriptOf } from "./peer-world.ts";

type Ending = "fin" | "reset" | "rst-stream" | "goaway";
const endings: readonly Ending[] = ["fin", "reset", "rst-stream", "goaway"];

export interface Drop {
  /** Response headers and so many messages had been sent before. Default: nothing. */
  readonly answeredMessages?: number;
  /** Default: one of all four by chance. */
  readonly endings?: readonly Ending[];
  /** How many calls it happens to. Default: 1. */
  readonly calls?: number;
}

/** The first call is executed, and its connection or stream ends up to 40 ms later. */
export function dropsOnce(trial: Trial, drop: Drop = {}): ScriptOf {
  const { answeredMessages, calls = 1 } = drop;
  const among = drop.endings ?? endings;
  const ending = among[trial.between(0, among.length - 1)] ?? "fin";
  const afterMs = trial.between(0, 40);
  return eachCall(async (connection, call) => {
    connection.execute([call]);
    if (answeredMessages !== undefined) {
      connection.answerHeaders(call);
      for (let sent = 0; sent < answeredMessages; sent++) connection.answerMessage(call);
    }
    await connection.pause(afterMs);
    await end(connection, call, ending);
  }, calls);
}

async function end(connection: PeerConnection, call: PeerCall, ending: Ending): Promise<void> {
  if (ending === "fin") return connection.fin();
  if (ending === "reset") return connection.reset();
  if (ending === "rst-stream") return connection.resetStreams([call], "INTERNAL_ERROR");
  connection.goaway("NO_ERROR", Math.max(0, call.streamId - 2));
  await connection.pause(20);
  connection.fin();
}

/** The server says GOAWAY under the first call, answers it all the same, and closes then. */
export function finishesThenLeaves(trial: Trial, answer: "unary" | "stream" = "unary"): ScriptOf {
  const workMs = trial.between(20, 100);
  return eachCall(async (connection, call) => {
    connection.execute([call]);
    if (answer === "stream") {
      connection.answerHeaders(call);
      connection.answerMessage(call);
    }
    await connection.pause(workMs / 2);
    connection.goaway("NO_ERROR", connection.newestStreamId, "graceful_stop");
    await connection.pause(workMs / 2);
    if (answer === "stream") connection.answerStatus(call, 0, "", "headers-sent");
    else connection.answer(call);
    await connection.idle();
    await connection.pause(20);
    connection.fin();
  }, 1);
}

export interface QuietWork {
  readonly workMs: number;
  /** Response headers come at once, and one message. */
  readonly headersFirst: boolean;
  /** A message so often while it works, behind headers that come at once. Default: none. */
  readonly messageEveryMs?: number;
}

/** Each call is executed and answered in the end; how much is heard of it meanwhile is what differs. */
export function worksQuietly({ workMs, headersFirst, messageEveryMs }: QuietWork): ScriptOf {
  return eachCall(async (connection, call) => {
    connection.execute([call]);
    const begun = headersFirst || messageEveryMs !== undefined;
    if (begun) connection.answerHeaders(call);
    if (begun) connection.answerMessage(call);
    const pieceMs = messageEveryMs ?? workMs;
    for (let passedMs = pieceMs; passedMs < workMs; passedMs += pieceMs) {
      await connection.pause(pieceMs);
      connection.answerMessage(call);
    }
    await connection.pause(pieceMs);
    if (begun) connection.answerStatus(call, 0, "", "headers-sent");
    else connection.answer(call);
  });
}

/** A server that knows each call by its number: it acts once, is lost before it answers, and answers the next try from the first. */
export function actsOnceByKey(trial: Trial): ScriptOf {
  const acted = new Set<number | undefined>();
  const afterMs = trial.between(0, 40);
  return eachCall(async (connection, call) => {
    if (acted.has(call.id)) return connection.answer(call);
    acted.add(call.id);
    connection.execute([call]);
    await connection.pause(afterMs);
    connection.fin();
  });
}
