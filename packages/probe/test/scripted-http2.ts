/** An HTTP/2 server of a few lines that answers health as its script says, and everything else with UNIMPLEMENTED. */

import type { Socket } from "node:net";
import * as h2 from "@holdfast/lab/peer";

/** Headers, DATA, or something that is done to the stream or the connection. Trailers are headers after headers. */
export type Act =
  | Readonly<Record<string, string>>
  | Uint8Array
  | "end"
  | `reset ${number}`
  | "fin"
  | "rst"
  | "half"
  | "goaway"
  | "forbidden";

export interface Script {
  /** What health gets, in order. Default: SERVING. */
  readonly health?: readonly Act[];
  readonly maxStreams?: number;
  /** Frames behind SETTINGS. */
  readonly greetWith?: readonly Uint8Array[];
  /** Default true. */
  readonly pong?: boolean;
  /** Code and debug data of a GOAWAY at the second PING. */
  readonly goawayOnPing?: readonly [code: number, debug: string];
}

const grpc = { ":status": "200", "content-type": "application/grpc" };
const serving: readonly Act[] = [grpc, Buffer.from([0, 0, 0, 0, 2, 8, 1]), { "grpc-status": "0" }];
const unimplemented: readonly Act[] = [{ ...grpc, "grpc-status": "12", "grpc-message": "unknown service" }];

export function scriptedHttp2(script: Script): (socket: Socket) => void {
  return (socket) => {
    let pings = 0;
    const settings = new Map(
      script.maxStreams === undefined ? [] : [[h2.setting.MAX_CONCURRENT_STREAMS, script.maxStreams]],
    );
    const reader = new h2.FrameReader(({ type, flags, streamId, payload }) => {
      if (type === h2.frameType.SETTINGS && (flags & h2.flag.ACK) === 0) {
        socket.write(Buffer.concat([h2.settingsFrame(settings), h2.settingsAckFrame(), ...(script.greetWith ?? [])]));
      }
      if (type === h2.frameType.PING && script.pong !== false) {
        socket.write(h2.pingFrame(Buffer.from(payload), h2.flag.ACK));
        const [code, debug] = script.goawayOnPing ?? [];
        if (++pings === 2 && code !== undefined) socket.end(h2.goawayFrame(0, code, debug));
      }
      // The first stream is that of health.
      if (type === h2.frameType.HEADERS)
        play(socket, streamId, streamId === 1 ? (script.health ?? serving) : unimplemented);
    });
    socket.on("data", (bytes: Buffer) => reader.push(bytes));
  };
}

function play(socket: Socket, streamId: number, acts: readonly Act[]): void {
  const only = acts.length === 1;
  for (const [index, act] of acts.entries()) {
    if (act instanceof Uint8Array) socket.write(h2.dataFrame(streamId, act, false));
    else if (typeof act === "object") {
      const ends = index > 0 || (only && "grpc-status" in act);
      socket.write(h2.headersFrame(streamId, act, ends));
    } else if (act === "end") socket.write(h2.dataFrame(streamId, new Uint8Array(), true));
    else if (act === "fin") socket.end();
    else if (act === "rst") socket.resetAndDestroy();
    else if (act === "half") socket.write(h2.dataFrame(streamId, new Uint8Array(100), false).subarray(0, 40));
    else if (act === "goaway") socket.write(h2.goawayFrame(streamId, 0, "max_age"));
    // PING on a stream, RFC 9113 §6.7.
    else if (act === "forbidden") socket.write(h2.frame(h2.frameType.PING, 0, streamId, new Uint8Array(8)));
    else socket.write(h2.rstStreamFrame(streamId, Number(act.slice("reset ".length))));
  }
}
