/**
 * The life of a stream, RFC 9113 §5.1, as a table. A cell that is absent is a violation by whoever gave the input.
 * The reserved states are left out on purpose: we never allow push (SETTINGS_ENABLE_PUSH = 0).
 */

export type StreamState = "idle" | "open" | "half-closed-local" | "half-closed-remote" | "closed";

export type StreamInput = "send-headers" | "recv-headers" | "send-end" | "recv-end" | "send-reset" | "recv-reset";

export const streamTable: Record<StreamState, Partial<Record<StreamInput, StreamState>>> = {
  idle: { "send-headers": "open", "recv-headers": "open" },
  open: {
    "send-headers": "open",
    "recv-headers": "open",
    "send-end": "half-closed-local",
    "recv-end": "half-closed-remote",
    "send-reset": "closed",
    "recv-reset": "closed",
  },
  "half-closed-local": {
    "recv-headers": "half-closed-local",
    "recv-end": "closed",
    "send-reset": "closed",
    "recv-reset": "closed",
  },
  "half-closed-remote": {
    "send-headers": "half-closed-remote",
    "send-end": "closed",
    "send-reset": "closed",
    "recv-reset": "closed",
  },
  closed: {},
};
