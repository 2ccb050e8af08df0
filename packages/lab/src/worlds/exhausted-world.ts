/** Owns a real server that has run out of file descriptors: others hold connections, more than its process may have. */

import type { Socket } from "node:net";
import { connect } from "node:net";
import { once } from "node:events";
import type { MakeWorld } from "../experiment/experiment.ts";
import type { ServerId } from "../subjects/server-order.ts";
import { startServer } from "../subjects/start-server.ts";

export interface Exhaustion {
  /** Of the server's process. */
  readonly openFiles: number;
  /** Connections that others hold and say nothing on. */
  readonly held: number;
  /** They are given up so long after the trial began, in ms. Default: never. */
  readonly leaveAfterMs?: number;
}

export function exhaustedWorld(server: ServerId, { openFiles, held, leaveAfterMs }: Exhaustion): MakeWorld {
  return async () => {
    const running = await startServer(server, { openFiles });
    const others = await heldConnections(running.port, held).catch(async (error: unknown) => {
      await running[Symbol.asyncDispose]();
      throw error;
    });
    const leave = (): void => others.forEach((socket) => socket.destroy());
    const timer = leaveAfterMs === undefined ? undefined : setTimeout(leave, leaveAfterMs);
    return {
      target: `127.0.0.1:${running.port}`,
      executions: (callId) => running.executions(callId),
      notes: [],
      async [Symbol.asyncDispose]() {
        clearTimeout(timer);
        leave();
        await running[Symbol.asyncDispose]();
      },
    };
  };
}

function heldConnections(port: number, count: number): Promise<readonly Socket[]> {
  return Promise.all(Array.from({ length: count }, () => heldConnection(port)));
}

/** The kernel takes it for the server, whether that accepts it or not. */
async function heldConnection(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}); // The server may end it as it likes.
  await once(socket, "connect");
  return socket;
}
