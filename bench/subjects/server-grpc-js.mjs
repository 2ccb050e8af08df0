import grpc from "@grpc/grpc-js";
import { answerCpuQuestions, service } from "./service.mjs";

const server = new grpc.Server();
server.addService(service, { say: (call, answer) => answer(null, call.request) });
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
answerCpuQuestions();
