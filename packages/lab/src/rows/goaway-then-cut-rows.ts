/** Owns the rows in which a GOAWAY is followed by the end of the connection, as when a drain is cut short: G U W X Y. */

import { callsPerRow, idBefore, row } from "./row.ts";

export const goawayThenCutRows = [
  row("G", "GOAWAY(NO_ERROR, last = none), FIN at once", async (peer) => {
    peer.goaway("NO_ERROR", idBefore(await peer.calls(callsPerRow)));
    peer.fin();
  }),

  row("U", "GOAWAY(NO_ERROR, last = all), 20 ms, then TCP RST", async (peer) => {
    peer.execute(await peer.calls(callsPerRow));
    peer.goaway("NO_ERROR", peer.newestStreamId);
    await peer.pause(20);
    peer.reset();
  }),

  row("W", "GOAWAY(NO_ERROR, last = all), 20 ms, then FIN", async (peer) => {
    peer.execute(await peer.calls(callsPerRow));
    peer.goaway("NO_ERROR", peer.newestStreamId);
    await peer.pause(20);
    peer.fin();
  }),

  row("X", "GOAWAY(ENHANCE_YOUR_CALM, last = all), FIN at once", async (peer) => {
    peer.execute(await peer.calls(callsPerRow));
    peer.goaway("ENHANCE_YOUR_CALM", peer.newestStreamId, "too_many_pings");
    peer.fin();
  }),

  row("Y", "GOAWAY(ENHANCE_YOUR_CALM, last = all), 20 ms, then TCP RST", async (peer) => {
    peer.execute(await peer.calls(callsPerRow));
    peer.goaway("ENHANCE_YOUR_CALM", peer.newestStreamId, "too_many_pings");
    await peer.pause(20);
    peer.reset();
  }),
];
