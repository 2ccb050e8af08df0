/** Owns the rows in which the connection ends, or falls silent, without a word of HTTP/2: J K S T. */

import { callsPerRow, row } from "./row.ts";

export const cutRows = [
  row("J", "TCP FIN, no GOAWAY", async (peer) => {
    peer.execute(await peer.calls(callsPerRow));
    peer.fin();
  }),

  row("K", "TCP RST, no GOAWAY", async (peer) => {
    peer.execute(await peer.calls(callsPerRow));
    peer.reset();
  }),

  row("S", "response HEADERS, then FIN", async (peer) => {
    const calls = await peer.calls(callsPerRow);
    peer.execute(calls);
    for (const call of calls) peer.answerHeaders(call);
    peer.fin();
  }),

  row(
    "T",
    "black-holed connection, no keepalive set, deadline 3 s",
    async (peer) => {
      peer.execute(await peer.calls(callsPerRow));
      peer.blackHole();
    },
    { deadlineMs: 3_000 },
  ),
];
