/** A program: makes trials with nice-grpc, which sits on @grpc/grpc-js, without any of its middlewares. */

import type { CallOptions } from "nice-grpc";
import { ChannelCredentials, ClientError, createChannel, createClient, Metadata, Status } from "nice-grpc";
import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import { driveTrials } from "./drive-trials.ts";
import { grpcJsOptions } from "./grpc-js-options.ts";
import { callMessage, callMessages, labMethods, streamMetadata } from "./lab-method.ts";
import { pinnedVersion } from "./pinned-version.ts";
import type { CallFailure, DrivenCall, TrialChannel } from "./trial-client.ts";
import { noSession, stopSignal } from "./trial-client.ts";

const bytes = (value: Uint8Array): Uint8Array => value;
const shared = {
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
  options: {},
} as const;

const service = {
  unary: { ...shared, path: labMethods.unary, requestStream: false, responseStream: false },
  serverStream: { ...shared, path: labMethods["server-streaming"], requestStream: false, responseStream: true },
  clientStream: { ...shared, path: labMethods["client-streaming"], requestStream: true, responseStream: false },
  bidiStream: { ...shared, path: labMethods["bidi-streaming"], requestStream: true, responseStream: true },
} as const;

await driveTrials({
  versions: { "nice-grpc": pinnedVersion("nice-grpc"), "@grpc/grpc-js": pinnedVersion("@grpc/grpc-js") },
  cannot: {
    session: noSession,
    waitForReady: "nice-grpc passes no call options to grpc-js, and grpc-js does not read it in a service config",
  },
  open,
  failureOf,
});

function open({ target, caPem, serverName }: OrderedTrial, { setup }: ClientOrder): TrialChannel {
  const verified = setup.skipVerification === true ? { rejectUnauthorized: false } : {};
  const credentials =
    caPem === undefined
      ? ChannelCredentials.createInsecure()
      : ChannelCredentials.createSsl(Buffer.from(caPem), null, null, verified);
  const channel = createChannel(target, credentials, grpcJsOptions(setup, serverName));
  const client = createClient(service, channel);
  return { call: (call) => makeCall(client, call), close: () => channel.close() };
}

async function makeCall(client: ReturnType<typeof createClient<typeof service>>, call: DrivenCall): Promise<void> {
  const options: CallOptions = {
    metadata: new Metadata(streamMetadata(call)),
    // The deadline of one who has not added the deadline middleware.
    signal: stopSignal(call),
  };
  const message = callMessage(call);
  switch (call.kind) {
    case "unary":
      await client.unary(message, options);
      return;
    case "server-streaming":
      return drain(client.serverStream(message, options));
    case "client-streaming":
      await client.clientStream(callMessages(call, message), options);
      return;
    case "bidi-streaming":
      return drain(client.bidiStream(callMessages(call, message), options));
  }
}

async function drain(answers: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of answers);
}

function failureOf(error: unknown): CallFailure {
  const { name, message } = error as Error;
  const code = error instanceof ClientError ? (Status[error.code] ?? String(error.code)) : name;
  return { code, text: `${name}: ${message}` };
}
