/** A program: makes trials with Holdfast's own channel. */

import type { CallOptions, Channel, ChannelOptions } from "@holdfast/grpc";
import { createChannel, retry, StatusError, statusName } from "@holdfast/grpc";
import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import { driveTrials } from "./drive-trials.ts";
import { callMessage, callMessages, labMethods, streamMetadata } from "./lab-method.ts";
import { pinnedVersion } from "./pinned-version.ts";
import { serviceConfigOf } from "./service-config.ts";
import type { DrivenCall, TrialChannel } from "./trial-client.ts";
import { noSession, Unsupported } from "./trial-client.ts";

await driveTrials({
  versions: { "@holdfast/grpc": pinnedVersion("@holdfast/grpc") },
  cannot: { session: noSession },
  open,
  failureOf: (error) => {
    const { code, processed, message } = StatusError.from(error);
    return { code: statusName(code), text: message, processed };
  },
});

function open({ target, caPem, serverName }: OrderedTrial, { setup }: ClientOrder): TrialChannel {
  const { keepalive, waitForReady, idempotent, options } = setup;
  const serviceConfig = serviceConfigOf(setup);
  const channel = openChannel(target, {
    ...(serviceConfig !== undefined && { serviceConfig }),
    // Its only repetition without a policy: calls that the peer refused unprocessed.
    ...(setup.retry === "off" && { maxReissues: 0 }),
    ...(keepalive !== undefined && { keepalive }),
    ...(caPem !== undefined && {
      tls: { ca: caPem, insecure: setup.skipVerification === true, ...(serverName !== undefined && { serverName }) },
    }),
    ...options,
  });
  return {
    call: (call) => {
      const callOptions: CallOptions = {
        metadata: streamMetadata(call),
        signal: call.signal,
        ...(call.deadlineMs !== undefined && { timeoutMs: call.deadlineMs }),
        ...(waitForReady !== undefined && { waitForReady }),
      };
      const make = (): Promise<void> => makeCall(channel, call, callOptions);
      if (idempotent === undefined) return make();
      // All tries together have the call's time, as with a policy.
      return retry(make, { idempotent, ...(call.deadlineMs !== undefined && { timeoutMs: call.deadlineMs }) });
    },
    close: () => channel.close(),
  };
}

/** Holdfast refuses what it cannot understand, where others ignore it. */
function openChannel(target: string, options: ChannelOptions): Channel {
  try {
    return createChannel(target, options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Unsupported(options.serviceConfig === undefined ? "options" : "serviceConfig", error.message);
  }
}

async function makeCall(channel: Channel, call: DrivenCall, options: CallOptions): Promise<void> {
  const path = labMethods[call.kind];
  const message = callMessage(call);
  switch (call.kind) {
    case "unary":
      await channel.unary(path, message, options);
      return;
    case "server-streaming":
      return drain(channel.serverStreaming(path, message, options));
    case "client-streaming":
      await channel.clientStreaming(path, callMessages(call, message), options);
      return;
    case "bidi-streaming":
      return drain(channel.bidiStreaming(path, callMessages(call, message), options));
  }
}

async function drain(answers: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of answers);
}
