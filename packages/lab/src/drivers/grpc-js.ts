/** A program: makes trials with @grpc/grpc-js. */

import * as grpc from "@grpc/grpc-js";
import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import { driveTrials } from "./drive-trials.ts";
import { grpcJsOptions } from "./grpc-js-options.ts";
import { callMessage, callMessages, labMethods, streamMetadata } from "./lab-method.ts";
import { pinnedVersion } from "./pinned-version.ts";
import type { DrivenCall, TrialChannel } from "./trial-client.ts";
import { noSession } from "./trial-client.ts";

await driveTrials({
  versions: { "@grpc/grpc-js": pinnedVersion("@grpc/grpc-js") },
  cannot: { session: noSession },
  open,
  failureOf: (error) => {
    const { code, message, name } = error as grpc.ServiceError;
    // What is thrown in place of a status has no code: its text is as the console prints it.
    if (grpc.status[code] === undefined) return { code: name, text: String(error) };
    return { code: grpc.status[code], text: message };
  },
});

function open({ target, caPem, serverName }: OrderedTrial, { setup }: ClientOrder): TrialChannel {
  const verified = setup.skipVerification === true ? { rejectUnauthorized: false } : {};
  const credentials =
    caPem === undefined
      ? grpc.credentials.createInsecure()
      : grpc.credentials.createSsl(Buffer.from(caPem), null, null, verified);
  const client = new grpc.Client(target, credentials, grpcJsOptions(setup, serverName));
  return {
    call: (call) => {
      const metadata = new grpc.Metadata();
      if (setup.waitForReady !== undefined) metadata.setOptions({ waitForReady: setup.waitForReady });
      for (const [name, value] of Object.entries(streamMetadata(call))) metadata.set(name, value);
      return makeCall(client, call, metadata);
    },
    close: () => client.close(),
  };
}

function serialize({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function same(bytes: Buffer): Buffer {
  return bytes;
}

function makeCall(client: grpc.Client, call: DrivenCall, metadata: grpc.Metadata): Promise<void> {
  const options = call.deadlineMs === undefined ? {} : { deadline: Date.now() + call.deadlineMs };
  const path = labMethods[call.kind];
  const message = callMessage(call);
  const cancelled = <T extends grpc.Call>(made: T): T => {
    call.signal.addEventListener("abort", () => made.cancel());
    return made;
  };
  return new Promise((resolve, reject) => {
    const answered = (error: grpc.ServiceError | null): void => (error === null ? resolve() : reject(error));
    const read = (stream: grpc.ClientReadableStream<Buffer>): void => {
      stream.on("error", reject).on("status", () => resolve());
      stream.resume();
    };
    switch (call.kind) {
      case "unary":
        cancelled(client.makeUnaryRequest(path, serialize, same, message, metadata, options, answered));
        return;
      case "server-streaming":
        return read(cancelled(client.makeServerStreamRequest(path, serialize, same, message, metadata, options)));
      case "client-streaming":
        void send(
          cancelled(client.makeClientStreamRequest(path, serialize, same, metadata, options, answered)),
          call,
          message,
        );
        return;
      case "bidi-streaming": {
        const stream = cancelled(client.makeBidiStreamRequest(path, serialize, same, metadata, options));
        read(stream);
        void send(stream, call, message);
      }
    }
  });
}

async function send(
  stream: grpc.ClientWritableStream<Uint8Array>,
  call: DrivenCall,
  message: Uint8Array,
): Promise<void> {
  let over = false;
  stream.once("status", () => (over = true));
  for await (const next of callMessages(call, message)) {
    if (over) return;
    stream.write(next);
  }
  stream.end();
}
