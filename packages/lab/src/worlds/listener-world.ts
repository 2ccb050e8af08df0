/** Owns the world of a port that speaks no HTTP/2: whatever listens there, no call of ours ever runs. */

import type { AddressInfo, Server } from "node:net";
import type { World } from "../experiment/world.ts";

/** Listens on a free port of loopback; all its connections are gone when the trial is over. */
export async function listenerWorld(server: Server): Promise<World> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // The client may leave as it likes.
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    executions: () => 0,
    notes: [],
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
