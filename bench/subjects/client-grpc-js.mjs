import grpc from "@grpc/grpc-js";
import { measure, message, service } from "./service.mjs";

const [port, calls, inFlight = 100] = process.argv.slice(2).map(Number);
const Client = grpc.makeGenericClientConstructor(service, "T");
const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
const call = () =>
  new Promise((resolve, reject) => {
    const deadline = Date.now() + 20_000;
    client.say(message, new grpc.Metadata(), { deadline }, (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
await measure("grpc-js", call, calls, inFlight);
process.exit(0);
