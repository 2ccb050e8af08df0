/**
 * A program: makes trials with gRPC written by hand over node:http2, as people write it who have no gRPC library: one session
 * for all requests, the status from the trailers.
 */

import { setImmediate as turn } from "node:timers/promises";
import type { ClientHttp2Stream, IncomingHttpHeaders } from "node:http2";
import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import type { SessionHabits } from "../experiment/client-setup.ts";
import { driveTrials } from "./drive-trials.ts";
import type { KeptSession } from "./http2-sessions.ts";
import { Http2Sessions } from "./http2-sessions.ts";
import { callMessage, callMessages, labMethods, streamMetadata } from "./lab-method.ts";
import { lengthPrefixed } from "./length-prefixed.ts";
import { GrpcStatusError, noGrpcLibrary, printedError } from "./no-grpc-library.ts";
import type { DrivenCall, TrialChannel } from "./trial-client.ts";
import { stopSignal, Unsupported } from "./trial-client.ts";

await driveTrials({
  versions: { nghttp2: process.versions["nghttp2"] ?? "" },
  cannot: noGrpcLibrary("node:http2"),
  open,
  failureOf: printedError,
});

function open({ target, caPem, serverName }: OrderedTrial, { setup }: ClientOrder): TrialChannel {
  if (target.includes("://")) throw new Unsupported("options", `node:http2 takes a URL, not the gRPC target ${target}`);
  const tls = {
    ca: caPem,
    ...(serverName !== undefined && { servername: serverName }),
    rejectUnauthorized: setup.skipVerification !== true,
  };
  const url = `${caPem === undefined ? "http" : "https"}://${target}`;
  const sessions = new Http2Sessions(url, { ...(caPem !== undefined && tls), ...setup.options }, setup);
  return { call: (call) => callWith(sessions, setup.session ?? {}, call), close: () => sessions.close() };
}

/** The request, and once more where the habits say so. */
async function callWith(sessions: Http2Sessions, { replay }: SessionHabits, call: DrivenCall): Promise<void> {
  const kept = sessions.current();
  const stream = request(kept, call);
  if (stream instanceof Error) {
    if (replay !== "not-opened") throw stream;
    sessions.leave(kept);
    return answerOf(must(request(sessions.current(), call)), call);
  }
  try {
    await answerOf(stream, call);
  } catch (error) {
    // Node ends the excluded streams and tells of the GOAWAY in the same turn, in either order.
    await turn();
    const isExcluded = kept.lastStreamId !== undefined && stream.id !== undefined && stream.id > kept.lastStreamId;
    if (replay !== "above-last-id" || !isExcluded) throw error;
    sessions.leave(kept);
    await answerOf(must(request(sessions.current(), call)), call);
  }
}

/** `request()` throws where the session takes none any more. */
function request({ session }: KeptSession, call: DrivenCall): ClientHttp2Stream | Error {
  const fields = { ":method": "POST", ":path": labMethods[call.kind], "content-type": "application/grpc" };
  try {
    return session.request({ ...fields, te: "trailers", ...streamMetadata(call) }, { signal: stopSignal(call) });
  } catch (error) {
    return error as Error;
  }
}

function must(stream: ClientHttp2Stream | Error): ClientHttp2Stream {
  if (stream instanceof Error) throw stream;
  return stream;
}

function answerOf(stream: ClientHttp2Stream, call: DrivenCall): Promise<void> {
  return new Promise((resolve, reject) => {
    let told: IncomingHttpHeaders = {};
    stream.on("response", (headers) => (told = headers));
    stream.on("trailers", (trailers) => (told = { ...told, ...trailers }));
    stream.on("error", reject);
    stream.on("end", () => {
      if (told["grpc-status"] === "0") resolve();
      else reject(new GrpcStatusError(told));
    });
    stream.resume();
    void send(stream, call);
  });
}

async function send(stream: ClientHttp2Stream, call: DrivenCall): Promise<void> {
  for await (const message of callMessages(call, lengthPrefixed(callMessage(call)))) {
    if (stream.destroyed || stream.writableEnded) return;
    stream.write(message);
  }
  stream.end();
}
