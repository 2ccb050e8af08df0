/**
 * One end of a raw socket pair: messages of a length that both ends know, no framing at all. `copying`: writes 64 KiB at
 * a time, and copies what comes into one buffer for each message; else writes at once and counts.
 */
import net from "node:net";
import { Pipe } from "../../raw/pipe.mjs";

export function open({ port, bytes, copying }) {
  const socket = net.connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  const pipe = new Pipe(socket, copying);
  const asked = Buffer.from("?");
  return {
    /** It has no calls, so there is nothing to warm up with small ones. */
    oneSize: true,
    async fetch() {
      await pipe.write(asked);
      return pipe.read(bytes);
    },
    async push(message) {
      await pipe.write(message);
      return pipe.read(1);
    },
  };
}
