/** Owns the rows in which a GOAWAY is followed by the answers that it promises (RFC 9113 §6.8): A C D E F H P R. */

import { maxUint31 } from "../peer/frame.ts";
import { callsPerRow, idBefore, row } from "./row.ts";

/** Late enough for the GOAWAY to arrive alone, so that it is judged before any answer is read. */
const answerAfterMs = 50;

export const goawayRows = [
  row("A", "GOAWAY(NO_ERROR, last = 10th), server finishes the first 10", async (peer) => {
    const firstHalf = (await peer.calls(callsPerRow)).slice(0, callsPerRow / 2);
    peer.goaway("NO_ERROR", firstHalf.at(-1)?.streamId ?? 0);
    peer.finish(firstHalf, answerAfterMs);
  }),

  row("C", "GOAWAY(NO_ERROR, last = none of them)", async (peer) => {
    peer.goaway("NO_ERROR", idBefore(await peer.calls(callsPerRow)));
  }),

  row("D", "GOAWAY(2^31-1), 100 ms, GOAWAY(last = all), server finishes all", async (peer) => {
    const calls = await peer.calls(callsPerRow);
    peer.goaway("NO_ERROR", maxUint31);
    await peer.pause(100);
    peer.goaway("NO_ERROR", peer.newestStreamId);
    peer.finish(calls, answerAfterMs);
  }),

  row("E", 'GOAWAY(ENHANCE_YOUR_CALM "too_many_pings", last = all), server finishes all', async (peer) => {
    const calls = await peer.calls(callsPerRow);
    peer.goaway("ENHANCE_YOUR_CALM", peer.newestStreamId, "too_many_pings");
    peer.finish(calls, answerAfterMs);
  }),

  row("F", "GOAWAY(INTERNAL_ERROR, last = none)", async (peer) => {
    peer.goaway("INTERNAL_ERROR", idBefore(await peer.calls(callsPerRow)));
  }),

  row("H", "GOAWAY(ENHANCE_YOUR_CALM, last = none)", async (peer) => {
    peer.goaway("ENHANCE_YOUR_CALM", idBefore(await peer.calls(callsPerRow)));
  }),

  row(
    "P",
    "GOAWAY(NO_ERROR, last = none) on connection 1, then on connection 2",
    async (peer) => {
      peer.goaway("NO_ERROR", idBefore(await peer.calls(callsPerRow)));
    },
    { connections: 2 },
  ),

  row(
    "R",
    "MAX_CONCURRENT_STREAMS = 5, 15 calls queued in the client, then GOAWAY(NO_ERROR, last = the 5), server finishes the 5",
    async (peer) => {
      const calls = await peer.calls(5);
      peer.goaway("NO_ERROR", peer.newestStreamId);
      peer.finish(calls, answerAfterMs);
    },
    { maxConcurrentStreams: 5 },
  ),
];
