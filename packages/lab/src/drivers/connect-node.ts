/** A program: makes trials with the gRPC transport of @connectrpc/connect-node. */

import type { DescMethod, DescMethodBiDiStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { BytesValueSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { callPayload } from "../call-message.ts";
import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import { driveTrials } from "./drive-trials.ts";
import { describeLab } from "./lab-descriptor.ts";
import { callMessages, streamMetadata } from "./lab-method.ts";
import { pinnedVersion } from "./pinned-version.ts";
import type { DrivenCall, TrialChannel } from "./trial-client.ts";
import { noSession, Unsupported } from "./trial-client.ts";

type Bytes = typeof BytesValueSchema;

const noPolicy = "connect-node reads no service config and has no retry policy";

const methods = methodsByKind();

await driveTrials({
  versions: { "@connectrpc/connect-node": pinnedVersion("@connectrpc/connect-node") },
  cannot: {
    retry: noPolicy,
    serviceConfig: noPolicy,
    waitForReady: "connect-node does not know wait-for-ready",
    session: noSession,
    loadBalancing: "connect-node has one connection to one origin",
  },
  open,
  failureOf: (error) => {
    const { code, message } = ConnectError.from(error);
    return { code: grpcSpelling(code), text: message };
  },
});

function open({ target, caPem, serverName }: OrderedTrial, { setup }: ClientOrder): TrialChannel {
  if (target.includes("://"))
    throw new Unsupported("options", `connect-node takes a URL, not the gRPC target ${target}`);
  const { keepalive, options } = setup;
  const transport = createGrpcTransport({
    baseUrl: `${caPem === undefined ? "http" : "https"}://${target}`,
    ...(caPem !== undefined && {
      nodeOptions: {
        ca: caPem,
        ...(serverName !== undefined && { servername: serverName }),
        rejectUnauthorized: setup.skipVerification !== true,
      },
    }),
    ...(keepalive !== undefined && {
      pingIntervalMs: keepalive.timeMs,
      pingTimeoutMs: keepalive.timeoutMs,
      pingIdleConnection: keepalive.permitWithoutCalls,
    }),
    ...options,
  });
  return { call: (call) => makeCall(transport, call), close: () => {} };
}

type Transport = ReturnType<typeof createGrpcTransport>;

async function makeCall(transport: Transport, call: DrivenCall): Promise<void> {
  const request = create(BytesValueSchema, { value: callPayload(call.id, call.plan.requestBytes) });
  const headers = streamMetadata(call);
  if (call.kind === "unary") {
    const method = methods.unary as DescMethodUnary<Bytes, Bytes>;
    await transport.unary(method, call.signal, call.deadlineMs, headers, request);
    return;
  }
  // A transport streams all three kinds alike; the method's kind is the server's to know.
  const method = methods[call.kind] as DescMethodBiDiStreaming<Bytes, Bytes>;
  const answer = await transport.stream(method, call.signal, call.deadlineMs, headers, callMessages(call, request));
  for await (const _ of answer.message);
}

function methodsByKind(): Record<DrivenCall["kind"], DescMethod> {
  const { call, serverStream, clientStream, bidiStream } = describeLab().method;
  if (call === undefined || serverStream === undefined || clientStream === undefined || bidiStream === undefined)
    throw new Error("the descriptor of the lab's service lost a method");
  return {
    unary: call,
    "server-streaming": serverStream,
    "client-streaming": clientStream,
    "bidi-streaming": bidiStream,
  };
}

/** `DeadlineExceeded` is DEADLINE_EXCEEDED, `Canceled` is CANCELLED. */
function grpcSpelling(code: Code): string {
  if (code === Code.Canceled) return "CANCELLED";
  return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
