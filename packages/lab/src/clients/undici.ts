/**
 * A program: drives undici over one HTTP/2 connection, with gRPC's framing written by hand. undici knows no gRPC status, so
 * its failures carry the names of its own errors.
 */

import type { Dispatcher } from "undici";
import { Client, H2CClient } from "undici";
import { encodeCallMessage } from "../call-message.ts";
import type { DrivenClient, DriverOrder } from "./driver.ts";
import { drive, methodPath } from "./driver.ts";

/** gRPC's prefix of a message: one byte of flags, four of length. */
const prefixBytes = 5;

await drive(connect);

function connect(order: DriverOrder): DrivenClient {
  const client = openClient(order);
  return {
    call: async (callId) => {
      const answer = await client.request({
        method: "POST",
        path: methodPath,
        // Without it undici keeps POST requests of one connection apart, one after the other.
        idempotent: true,
        headers: { "content-type": "application/grpc", te: "trailers" },
        body: lengthPrefixed(encodeCallMessage(callId, order.requestBytes)),
        signal: AbortSignal.timeout(order.deadlineMs),
      });
      // The trailers object is filled once the body has been read.
      const message = await answer.body.arrayBuffer();
      const status = answer.trailers["grpc-status"] ?? statusWithoutTrailers(message);
      if (status !== "0") throw new Error(`grpc-status ${status}`);
    },
    failureOf: (error) => {
      const { code, name, message } = error as Error & { code?: unknown };
      if (name === "TimeoutError") return { code: "DEADLINE_EXCEEDED", detail: message };
      return { code: typeof code === "string" ? code : name, detail: message };
    },
    close: () => client.close(),
  };
}

function openClient(order: DriverOrder): Dispatcher {
  const limits = { pipelining: order.inFlight, maxConcurrentStreams: order.inFlight };
  if (order.caPem === undefined) return new H2CClient(`http://127.0.0.1:${order.port}`, limits);
  return new Client(`https://127.0.0.1:${order.port}`, { ...limits, allowH2: true, connect: { ca: order.caPem } });
}

/** undici 7 loses trailers that arrive together with the end of the body: there a whole message has to do for an OK. */
function statusWithoutTrailers(message: ArrayBuffer): string {
  return message.byteLength >= prefixBytes ? "0" : "missing";
}

function lengthPrefixed(message: Uint8Array): Buffer {
  const framed = Buffer.alloc(prefixBytes + message.byteLength);
  framed.writeUInt32BE(message.byteLength, 1);
  framed.set(message, prefixBytes);
  return framed;
}
