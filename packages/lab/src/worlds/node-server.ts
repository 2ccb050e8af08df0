/** Owns a real server of node:http2 that serves the lab's calls, with any of Node's own settings. */

import type { Http2Server, ServerHttp2Stream, ServerOptions } from "node:http2";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { asideCallId, readCallId, warmUpCallId } from "../call-message.ts";
import type { World } from "../experiment/world.ts";
import { Ledger } from "../peer/ledger.ts";

const grpcPrefixBytes = 5;

export interface NodeServer {
  /** How long a counted call takes, in ms. Default: 5. */
  readonly answerMs?: number;
  /** The messages of an answer, with their prefixes. Default: one empty one. */
  readonly body?: Uint8Array;
  /** Trailers in place of grpc-status 0. */
  readonly trailers?: Readonly<Record<string, string>>;
  /** Default: Node's own. */
  readonly settings?: ServerOptions;
}

/** Answers counted calls as it is told, the warm-up at once and well, and calls that nobody waits for never. */
export async function nodeServer(options: NodeServer): Promise<World> {
  const ledger = new Ledger();
  const server = createServer(options.settings ?? {});
  const sessions = new Set<{ destroy(): void }>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    session.on("error", () => {});
  });
  server.on("stream", (stream) => serve(stream, ledger, options));
  await listen(server);
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    executions: (callId) => ledger.executions(callId),
    notes: [],
    [Symbol.asyncDispose]: () => {
      for (const session of sessions) session.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Http2Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
}

function serve(stream: ServerHttp2Stream, ledger: Ledger, options: NodeServer): void {
  const chunks: Buffer[] = [];
  stream.on("error", () => {});
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.once("end", () => {
    const id = readCallId(Buffer.concat(chunks).subarray(grpcPrefixBytes));
    if (id === undefined || id === asideCallId) return;
    if (id === warmUpCallId) return answer(stream, {});
    ledger.execute(id);
    const timer = setTimeout(() => answer(stream, options), options.answerMs ?? 5);
    stream.once("close", () => clearTimeout(timer));
  });
}

function answer(stream: ServerHttp2Stream, { body, trailers }: NodeServer): void {
  if (stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers(trailers ?? { "grpc-status": "0" }));
  stream.end(body ?? Buffer.alloc(grpcPrefixBytes));
}
