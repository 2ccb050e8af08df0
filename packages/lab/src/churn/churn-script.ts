/** Owns the server of the table M2: it answers every call after 5 ms and restarts each connection after a quota of calls. */

import type { PeerScript } from "../peer/peer-script.ts";
import type { RestartStyle } from "./restart-style.ts";

/** Requests per connection before it is taken down; no divisor of the numbers of calls, so that cuts never align. */
export const callsPerConnection = 97;

export function churnScript(style: RestartStyle, quota: number = callsPerConnection): PeerScript {
  return {
    play: (connection) =>
      new Promise((resolve, reject) => {
        let opened = 0;
        // A request counts from its HEADERS on, so that a cut finds bodies half arrived, as a restart does.
        connection.onOpened(() => {
          if (++opened === quota) Promise.resolve(style.cut(connection)).then(resolve, reject);
        });
      }),
  };
}
