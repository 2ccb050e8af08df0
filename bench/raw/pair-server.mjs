/** The other end of a raw pair: `pair-server.mjs OPTIONS` prints its port, then answers questions about its CPU time. */
import net from "node:net";
import { answerCpuQuestions } from "../subjects/cpu-questions.mjs";
import { Pipe } from "./pipe.mjs";

const { work, bytes, copying } = JSON.parse(process.argv[2]);
const message = Buffer.alloc(bytes, 0x61);
const [asked, answer] = work === "fetch" ? [1, message] : [bytes, Buffer.from("!")];

const server = net.createServer(async (socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  const pipe = new Pipe(socket, copying);
  for (;;) {
    await pipe.read(asked);
    await pipe.write(answer);
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
answerCpuQuestions();
