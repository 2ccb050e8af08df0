/** Owns bytes that break HTTP/2 (RFC 9113) so that a client has to close the connection. */

import type { ClientId, Trial } from "../experiment/experiment.ts";
import { dataFrame, frame, maxUint31, settingsFrame, windowUpdateFrame } from "../peer/frame.ts";
import { isOnNodeHttp2 } from "../setups/client-groups.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import type { ScriptOf } from "./peer-world.ts";

/** Each a connection error: RFC 9113 §6.1 stream 0, §4.2 size, §4.3 a block, §6.7 size, §6.9.1 overflow, §6.5.2 a value. */
const kinds = {
  "data-on-stream-0": [dataFrame(0, Buffer.alloc(3), false)],
  "too-large-frame": [frame(0, 0, 1, Buffer.alloc(20_000))],
  "bad-block": [frame(1, 4, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))],
  "short-ping": [frame(6, 0, 0, Buffer.alloc(3))],
  "window-overflow": [windowUpdateFrame(0, maxUint31), windowUpdateFrame(0, maxUint31)],
  "bad-setting": [settingsFrame(new Map([[5, 1]]))],
} as const;
type Kind = keyof typeof kinds;

/**
 * Those of which a client tells its callers. Of the others it says nothing: Node answers with GOAWAY and keeps the connection,
 * C-core and Go take no notice, and the calls wait for their deadline, which is another entry's text.
 */
function toldKinds(client: ClientId): readonly Kind[] {
  if (isOnNodeHttp2(client)) return ["window-overflow", "bad-setting"];
  if (client === "grpcio") return ["bad-setting", "short-ping", "bad-block"];
  if (client === "grpc-go") return ["data-on-stream-0", "too-large-frame", "bad-block", "short-ping"];
  return Object.keys(kinds) as Kind[];
}

/** Under a call that runs, by chance one of the kinds; on the first connections, or on all. */
export function breaksHttp2(trial: Trial, connections: number | "all"): ScriptOf {
  const told = toldKinds(trial.client);
  const bytes = kinds[told[trial.between(0, told.length - 1)] ?? "bad-setting"];
  const afterMs = trial.between(0, 40);
  return (ordinal) => {
    if (connections !== "all" && ordinal > connections) return wellBehaved;
    return {
      play: async (peer) => {
        const calls = await peer.calls(1);
        peer.execute(calls);
        await peer.pause(afterMs);
        peer.write(...bytes);
      },
    };
  };
}
