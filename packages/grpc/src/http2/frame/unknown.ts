import type { ReceiveFrame } from "./frame.ts";

/** Frame types that RFC 9113 does not know: ignored, §5.5, and counted, since each costs us something. */
export const receiveUnknown: ReceiveFrame = (core) => {
  core.spend("limit-useless-frames");
  return undefined;
};
