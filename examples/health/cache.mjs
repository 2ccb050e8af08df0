/** Asks a Redis whether it is there: PING over a connection of its own, as RESP has it. */
import net from "node:net";

/** Resolves when Redis says PONG. `signal` ends the attempt; the monitor aborts it when its time is up. */
export function pingCache(host, port, signal) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    let heard = "";
    const end = (settle, value) => {
      signal.removeEventListener("abort", aborted);
      socket.destroy();
      settle(value);
    };
    const aborted = () => end(reject, signal.reason);
    signal.addEventListener("abort", aborted);
    socket.setEncoding("latin1");
    socket.on("connect", () => socket.write("PING\r\n"));
    socket.on("error", (error) => end(reject, error));
    socket.on("end", () => end(reject, new Error("Redis closed the connection without an answer")));
    socket.on("data", (text) => {
      heard += text;
      if (heard.startsWith("+PONG\r\n")) end(resolve);
      // An error of Redis (-LOADING …, -NOAUTH …) is one line, too; anything else is no Redis.
      else if (heard.includes("\n") || heard.length > 200)
        end(reject, new Error(`Redis says ${heard.slice(0, 200).trim()}`));
    });
  });
}
