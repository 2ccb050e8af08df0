/**
 * The service that every peer serves and calls: messages come back as they went, so that nobody needs a schema. What a
 * call should do stands in its metadata: `x-do` (`fail`, `hang`), `x-count`; `x-text` and `x-data-bin` come back in the
 * headers, `x-tail` and, for a stream of requests, `x-received` in the trailers.
 */
import { StatusError } from "../../../src/report/status-error.ts";
import type { MetadataInit } from "../../../src/rpc/metadata.ts";
import type { CallContext, Server } from "../../../src/server/index.ts";

export const echoPath = (method: "Unary" | "ServerStream" | "ClientStream" | "Bidi"): string =>
  `/holdfast.peers.v1.Echo/${method}`;

/** google.rpc.ErrorInfo with the reason GONE. */
export const errorInfo = {
  typeUrl: "type.googleapis.com/google.rpc.ErrorInfo",
  value: Uint8Array.of(10, 4, 71, 79, 78, 69),
};

/** Gives the service to a server of ours. */
export function addEcho(server: Server): Server {
  return server
    .addMethod(echoPath("Unary"), "unary", async (message, call) => {
      await begin(call);
      return message;
    })
    .addMethod(echoPath("ServerStream"), "server-streaming", async function* (message, call) {
      await begin(call);
      const count = Number(call.metadata.get("x-count"));
      for (let i = 0; i < count; i++) yield message;
    })
    .addMethod(echoPath("ClientStream"), "client-streaming", async (messages, call) => {
      await begin(call);
      let last: Uint8Array = new Uint8Array();
      let received = 0;
      for await (const message of messages) {
        last = message;
        received++;
      }
      call.trailers.set("x-received", String(received));
      return last;
    })
    .addMethod(echoPath("Bidi"), "bidi-streaming", async function* (messages, call) {
      await begin(call);
      yield* messages;
    });
}

async function begin(call: CallContext): Promise<void> {
  const head: [string, string | Uint8Array][] = [];
  for (const name of ["x-text", "x-data-bin"]) {
    const value = call.metadata.get(name);
    if (value !== undefined) head.push([name, value]);
  }
  const does = call.metadata.get("x-do");
  call.trailers.set("x-tail", "end");
  if (does === "fail") throw new StatusError("NOT_FOUND", "no such item: ü", { details: [errorInfo] });
  call.sendHeaders(head satisfies MetadataInit);
  const { signal } = call;
  if (does === "hang")
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

/** What a client of other people finds when it runs every story against `addEcho`. */
export const factsOfEcho = {
  unary: { same: true, head: "text", bytes: "0001ff", tail: "end" },
  serverStream: 50,
  clientStream: ["last", "51"],
  bidi: "abc",
  fail: [5, "no such item: ü", 1],
  deadline: 4,
  cancel: 1,
};
