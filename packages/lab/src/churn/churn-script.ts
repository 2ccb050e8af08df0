/** Owns the server of the table M2: it answers every call after 5 ms and restarts each connection after a quota of calls. */

import type { PeerScript } from "../peer/peer-script.ts";
import type { RestartStyle } from "./restart-style.ts";

const answerAfterMs = 5;

/** Whole requests per connection before it is taken down; no divisor of the number of calls, so that cuts never align. */
export const callsPerConnection = 97;

export function churnScript(style: RestartStyle, quota: number = callsPerConnection): PeerScript {
  return {
    play: (connection) =>
      new Promise((resolve, reject) => {
        let seen = 0;
        connection.onWhole((call) => {
          connection.serve(call, answerAfterMs);
          if (++seen === quota) Promise.resolve(style.cut(connection)).then(resolve, reject);
        });
      }),
  };
}
