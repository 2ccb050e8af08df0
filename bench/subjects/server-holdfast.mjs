import { createServer } from "@holdfast/grpc";
import { answerCpuQuestions, service } from "./service.mjs";

const server = createServer();
server.add(service, { say: (request) => request });
const { port } = await server.listen("127.0.0.1:0");
console.log(port);
answerCpuQuestions();
