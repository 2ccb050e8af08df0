import { connectionError, type ReceiveFrame } from "./frame.ts";

/** PUSH_PROMISE, RFC 9113 §6.6: never allowed here. A client says SETTINGS_ENABLE_PUSH = 0; a server may not get one. */

export const type = 0x5;

export const receivePushPromise: ReceiveFrame = (core) =>
  connectionError(
    core.role === "client" ? "rfc9113-6.6" : "rfc9113-8.4",
    "PROTOCOL_ERROR",
    core.role === "client" ? "PUSH_PROMISE although SETTINGS_ENABLE_PUSH is 0" : "PUSH_PROMISE from a client",
  );
