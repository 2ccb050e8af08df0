/** The service under test: a server and a client of grpc-js, nothing of Holdfast. */
import grpc from "@grpc/grpc-js";

const asItIs = (bytes) => bytes;
const buy = {
  path: "/shop.Shop/Buy",
  requestStream: false,
  responseStream: false,
  requestSerialize: asItIs,
  requestDeserialize: asItIs,
  responseSerialize: asItIs,
  responseDeserialize: asItIs,
};

/** Resolves with the server's address and what stops it. */
export function startShop() {
  const server = new grpc.Server();
  server.addService({ buy }, { buy: (_call, answer) => answer(null, Buffer.from("sold")) });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve({ address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() }) : reject(error),
    );
  });
}

/** @param retried Codes on which grpc-js is told to try again. */
export function connectShop(target, retried = []) {
  const retryPolicy = {
    maxAttempts: 4,
    initialBackoff: "0.02s",
    maxBackoff: "0.1s",
    backoffMultiplier: 2,
    retryableStatusCodes: retried,
  };
  const config = { methodConfig: [{ name: [{}], ...(retried.length === 0 ? {} : { retryPolicy }) }] };
  const options = { "grpc.service_config": JSON.stringify(config) };
  const client = new grpc.Client(target, grpc.credentials.createInsecure(), options);
  const buyOne = ({ headers }) =>
    new Promise((resolve, reject) => {
      const metadata = new grpc.Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      const deadline = { deadline: Date.now() + 5_000 };
      const body = Buffer.from("one");
      client.makeUnaryRequest(buy.path, asItIs, asItIs, body, metadata, deadline, (error, value) =>
        error === null ? resolve(value) : reject(error),
      );
    });
  return { buyOne, close: () => client.close() };
}
