/** Our client calls a server of grpc-js. */
import { Metadata, Server, ServerCredentials, type UntypedServiceImplementation, status } from "@grpc/grpc-js";
import type { ServerDuplexStream, ServerReadableStream, ServerUnaryCall, ServerWritableStream } from "@grpc/grpc-js";
import type { sendUnaryData, ServiceDefinition } from "@grpc/grpc-js";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe } from "vitest";
import { encodeDetails } from "../../../src/rpc/details.ts";
import { ourClientTalksTo } from "../echo/our-client.ts";
import { echoPath, errorInfo } from "../echo/echo-service.ts";

const asItIs = {
  requestSerialize: (bytes: Buffer) => bytes,
  requestDeserialize: (bytes: Buffer) => bytes,
  responseSerialize: (bytes: Buffer) => bytes,
  responseDeserialize: (bytes: Buffer) => bytes,
};

const definition: ServiceDefinition = {
  unary: { path: echoPath("Unary"), requestStream: false, responseStream: false, ...asItIs },
  serverStream: { path: echoPath("ServerStream"), requestStream: false, responseStream: true, ...asItIs },
  clientStream: { path: echoPath("ClientStream"), requestStream: true, responseStream: false, ...asItIs },
  bidi: { path: echoPath("Bidi"), requestStream: true, responseStream: true, ...asItIs },
};

interface Call {
  readonly metadata: Metadata;
  sendMetadata(metadata: Metadata): void;
}

function tail(...more: [string, string][]): Metadata {
  const trailers = new Metadata();
  for (const [name, value] of [["x-tail", "end"] as const, ...more]) trailers.set(name, value);
  return trailers;
}

/** The error of a call that shall not be answered; `false`: it hangs. */
function begin(call: Call): object | boolean {
  const head = new Metadata();
  for (const name of ["x-text", "x-data-bin"]) for (const value of call.metadata.get(name)) head.add(name, value);
  const [does] = call.metadata.get("x-do");
  if (does === "hang") return false;
  if (does !== "fail") {
    call.sendMetadata(head);
    return true;
  }
  const metadata = tail();
  const details = encodeDetails({ code: 5, message: "", details: [errorInfo] });
  metadata.set("grpc-status-details-bin", Buffer.from(details));
  return { code: status.NOT_FOUND, details: "no such item: ü", metadata };
}

const handlers: UntypedServiceImplementation = {
  unary: (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
    const how = begin(call);
    if (how === true) done(null, call.request, tail());
    else if (how !== false) done(how as Error);
  },
  serverStream: (call: ServerWritableStream<Buffer, Buffer>) => {
    begin(call);
    for (let i = 0; i < Number(call.metadata.get("x-count")[0]); i++) call.write(call.request);
    call.end(tail());
  },
  clientStream: (call: ServerReadableStream<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
    begin(call);
    let last: Buffer = Buffer.alloc(0);
    let received = 0;
    call.on("data", (message: Buffer) => {
      last = message;
      received++;
    });
    call.on("end", () => done(null, last, tail(["x-received", String(received)])));
  },
  bidi: (call: ServerDuplexStream<Buffer, Buffer>) => {
    begin(call);
    call.on("data", (message: Buffer) => call.write(message));
    call.on("end", () => call.end(tail()));
  },
};

const pem = (name: string): Buffer => readFileSync(new URL(`../../data/tls/${name}`, import.meta.url));

describe.each([
  ["plain text", ServerCredentials.createInsecure(), {}],
  [
    "TLS",
    ServerCredentials.createSsl(null, [{ cert_chain: pem("server.pem"), private_key: pem("server.key") }]),
    { tls: { ca: String(pem("ca.pem")) } },
  ],
])("our client calls grpc-js over %s", (_, credentials, options) => {
  const server = new Server();
  let port = 0;
  beforeAll(async () => {
    server.addService(definition, handlers);
    port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("localhost:0", credentials, (error, bound) => (error === null ? resolve(bound) : reject(error)));
    });
  });
  afterAll(() => server.forceShutdown());

  ourClientTalksTo(() => ({ port }), options);
});
