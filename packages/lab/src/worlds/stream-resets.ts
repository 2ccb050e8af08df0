/** Owns the scripts of peers that reset calls' streams while the connection lives on: RFC 9113 §5.4.2 and §7. */

import type { Trial } from "../experiment/experiment.ts";
import type { CodeName } from "../peer/frame.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import type { ScriptOf } from "./peer-world.ts";

export interface Resets {
  readonly code: CodeName;
  /** Whether the request had run when it was reset. `by-chance`: half of them. */
  readonly ran: "yes" | "no" | "by-chance";
  /** Response headers come first. Default: false. */
  readonly afterHeaders?: boolean;
  /** So many calls are reset; those after them are answered. Default: 1. `all`: none is ever answered. */
  readonly calls?: number | "all";
}

/** RST_STREAM a moment after the request. */
export function resets(trial: Trial, { code, ran, afterHeaders = false, calls = 1 }: Resets): ScriptOf {
  let left = calls === "all" ? Infinity : calls;
  const play = (peer: PeerConnection): void =>
    peer.onCall((call) => {
      if (left-- <= 0) return peer.finish([call]);
      if (ran === "yes" || (ran === "by-chance" && trial.random() < 0.5)) peer.execute([call]);
      if (afterHeaders) peer.answerHeaders(call);
      void peer.pause(trial.between(0, 40)).then(() => peer.resetStreams([call], code));
    });
  return () => ({ play });
}

/** Takes so many calls at once and resets the others, as a server whose limit the client does not know: RFC 9113 §5.1.2. */
export function refusesAbove(
  limit: number,
  answerMs: number,
  { code = "REFUSED_STREAM" }: { readonly code?: CodeName } = {},
): ScriptOf {
  const play = (peer: PeerConnection): void => {
    let open = 0;
    peer.onCall((call) => {
      if (open >= limit) return peer.resetStreams([call], code);
      open++;
      peer.execute([call]);
      void peer.pause(answerMs).then(() => {
        open--;
        peer.answer(call);
      });
    });
  };
  return () => ({ play });
}

export interface StreamTimer {
  /** How long a stream may live, in ms. */
  readonly timerMs: number;
  /** How long the server takes, in ms. */
  readonly answerMs: number;
}

/** A hop whose timer ends streams with NO_ERROR, in half of the trials after the response headers. Every call runs. */
export function streamTimer(trial: Trial, { timerMs, answerMs }: StreamTimer): ScriptOf {
  const headersFirst = trial.random() < 0.5;
  const play = (peer: PeerConnection): void =>
    peer.onCall((call) => {
      if (answerMs <= timerMs) return peer.finish([call], answerMs);
      peer.execute([call]);
      if (headersFirst) peer.answerHeaders(call);
      void peer.pause(timerMs).then(() => peer.resetStreams([call], "NO_ERROR"));
    });
  return () => ({ play });
}
