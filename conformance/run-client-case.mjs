/** One case against a client: a server of its own for each, of which the client is told nothing but the port. */
import net from "node:net";
import { withinLimit } from "./run-server-case.mjs";
import { patience, Wire } from "./wire/wire.mjs";

/** How long the client may take to connect. */
const connectMs = 5_000;

/** `fault`: undefined when the case passed, else what was wrong; `notes`: what the case let pass. */
export async function runClientCase({ run }, { connect }, patienceMs = patience.others) {
  const sockets = new Set();
  let accepted;
  const connection = new Promise((resolve) => (accepted = resolve));
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    accepted(socket);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = connect(server.address().port);
  const notes = new Set();
  /** The table of a case whose first call is on its way: the client's connection, and the outcomes of its calls. */
  const open = async (options) => {
    const calls = [client.request(options)];
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("the client does not connect")), connectMs);
    });
    const wire = new Wire(await Promise.race([connection, late]), "server", patienceMs);
    clearTimeout(timer);
    return { wire, client, calls, notes };
  };
  const fault = await withinLimit(run(open));
  for (const socket of sockets) socket.destroy();
  await client.close();
  await new Promise((resolve) => server.close(resolve));
  return { fault, notes: [...notes] };
}
