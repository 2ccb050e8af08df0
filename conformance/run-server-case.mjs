/** One case against a server: a connection of its own for each, and none left behind. */
import net from "node:net";
import { patience, Wire } from "./wire/wire.mjs";

/** Longer than any case waits in all; it ends what hangs. */
const caseLimitMs = 60_000;

/** `fault`: undefined when the case passed, else what was wrong; `notes`: what the case let pass. */
export async function runServerCase({ run }, { port }, patienceMs = patience.others) {
  const wires = [];
  const dial = async () => {
    const socket = net.connect(port, "127.0.0.1");
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    const table = { wire: new Wire(socket, "client", patienceMs), notes: new Set() };
    wires.push(table);
    return table;
  };
  const fault = await withinLimit(run(dial));
  for (const { wire } of wires) wire.destroy();
  return { fault, notes: wires.flatMap(({ notes }) => [...notes]) };
}

export async function withinLimit(work) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${caseLimitMs} ms`)), caseLimitMs);
  });
  try {
    await Promise.race([work, limit]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
