/** Prints how a service is, at each change: `node examples/health/watch.mjs 127.0.0.1:50051 [SERVICE]`. Ends with Ctrl-C. */
import { createChannel } from "@holdfast/grpc";
import { watch } from "@holdfast/grpc/health";

const [target, service = ""] = process.argv.slice(2);
if (target === undefined) {
  console.error("usage: node examples/health/watch.mjs HOST:PORT [SERVICE]");
  process.exitCode = 2;
} else {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const channel = createChannel(target);
  for await (const { status, error } of watch(channel, service, { signal: stop.signal })) {
    console.log(error === undefined ? status : `${status}  ${error.message}`);
  }
  await channel.close();
}
