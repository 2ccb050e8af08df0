/** A program: makes trials with undici over one HTTP/2 connection, with gRPC's framing written by hand. */

import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { Client, H2CClient } from "undici";
import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import { driveTrials } from "./drive-trials.ts";
import { lengthPrefixed, prefixBytes } from "./length-prefixed.ts";
import { callMessage, callMessages, labMethods, streamMetadata } from "./lab-method.ts";
import { GrpcStatusError, noGrpcLibrary, printedError } from "./no-grpc-library.ts";
import { pinnedVersion } from "./pinned-version.ts";
import type { DrivenCall, TrialChannel } from "./trial-client.ts";
import { noSession, stopSignal, Unsupported } from "./trial-client.ts";

await driveTrials({
  versions: { undici: pinnedVersion("undici") },
  cannot: { ...noGrpcLibrary("undici"), session: noSession },
  open,
  failureOf: printedError,
});

function open({ target, caPem, serverName }: OrderedTrial, { setup, plan }: ClientOrder): TrialChannel {
  if (target.includes("://")) throw new Unsupported("options", `undici takes a URL, not the gRPC target ${target}`);
  const limits = {
    // Undici keeps requests apart, one after the other, unless it is told how many may go side by side.
    ...{ pipelining: Math.max(plan.calls, 1), maxConcurrentStreams: Math.max(plan.calls, 1) },
    // It sends PINGs with and without calls, and how long an answer may take cannot be set.
    ...(setup.keepalive !== undefined && { pingInterval: setup.keepalive.timeMs }),
    ...setup.options,
  };
  const connect = {
    ca: caPem,
    ...(serverName !== undefined && { servername: serverName }),
    rejectUnauthorized: setup.skipVerification !== true,
  };
  const client =
    caPem === undefined
      ? new H2CClient(`http://${target}`, limits)
      : new Client(`https://${target}`, { ...limits, allowH2: true, connect });
  return { call: (call) => makeCall(client, call), close: () => client.destroy() };
}

async function makeCall(client: Dispatcher, call: DrivenCall): Promise<void> {
  const message = lengthPrefixed(callMessage(call));
  const isStream = call.kind === "client-streaming" || call.kind === "bidi-streaming";
  const answer = await client.request({
    method: "POST",
    path: labMethods[call.kind],
    // Without it undici keeps POST requests of one connection apart, one after the other.
    idempotent: true,
    headers: { "content-type": "application/grpc", te: "trailers", ...streamMetadata(call) },
    body: isStream ? Readable.from(callMessages(call, message), { objectMode: false }) : message,
    signal: stopSignal(call),
  });
  // The trailers object is filled once the body has been read.
  const body = await answer.body.arrayBuffer();
  const told = { ":status": answer.statusCode, ...answer.headers, ...answer.trailers };
  const status = "grpc-status" in told ? told["grpc-status"] : statusWithoutTrailers(answer.statusCode, body);
  if (status !== "0") throw new GrpcStatusError(told);
}

/**
 * Undici 7 loses trailers that arrive together with the end of the body: there a whole message has to do for an OK. The page
 * of a proxy, with an error of HTTP, is none.
 */
function statusWithoutTrailers(httpStatus: number, body: ArrayBuffer): string | undefined {
  return httpStatus === 200 && body.byteLength >= prefixBytes ? "0" : undefined;
}
