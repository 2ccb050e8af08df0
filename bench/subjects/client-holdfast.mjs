import { createChannel } from "@holdfast/grpc";
import { measure, message, service } from "./service.mjs";

const [port, calls, inFlight = 100] = process.argv.slice(2).map(Number);
const channel = createChannel(`127.0.0.1:${port}`);
const client = channel.client(service);
await measure("holdfast", () => client.say(message, { timeoutMs: 20_000 }), calls, inFlight);
process.exit(0);
