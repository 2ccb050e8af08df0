import { errorCode } from "./error-code.ts";
import type { Violation } from "./violation.ts";

/** The settings of RFC 9113 §6.5.2, as one side announced them. */
export interface Settings {
  headerTableSize: number;
  enablePush: boolean;
  /** Infinity until announced. */
  maxConcurrentStreams: number;
  initialWindowSize: number;
  maxFrameSize: number;
  /** Infinity until announced. */
  maxHeaderListSize: number;
}

export const settingId = {
  HEADER_TABLE_SIZE: 0x1,
  ENABLE_PUSH: 0x2,
  MAX_CONCURRENT_STREAMS: 0x3,
  INITIAL_WINDOW_SIZE: 0x4,
  MAX_FRAME_SIZE: 0x5,
  MAX_HEADER_LIST_SIZE: 0x6,
} as const;

/** The values before any SETTINGS frame, RFC 9113 §6.5.2. */
export function initialSettings(): Settings {
  return {
    headerTableSize: 4_096, // RFC 9113 §6.5.2
    enablePush: true,
    maxConcurrentStreams: Infinity,
    initialWindowSize: 65_535, // RFC 9113 §6.9.2
    maxFrameSize: 16_384, // RFC 9113 §4.2
    maxHeaderListSize: Infinity,
  };
}

/** Sets one value; returns what is wrong with it. Unknown ids are ignored, RFC 9113 §6.5.2. */
export function applySetting(into: Settings, id: number, value: number): Violation | undefined {
  switch (id) {
    case settingId.HEADER_TABLE_SIZE:
      into.headerTableSize = value;
      return undefined;
    case settingId.ENABLE_PUSH:
      if (value > 1) return wrong("PROTOCOL_ERROR", `SETTINGS_ENABLE_PUSH = ${value}, expected 0 or 1`);
      into.enablePush = value === 1;
      return undefined;
    case settingId.MAX_CONCURRENT_STREAMS:
      into.maxConcurrentStreams = value;
      return undefined;
    case settingId.INITIAL_WINDOW_SIZE:
      if (value > 0x7fffffff) {
        return wrong("FLOW_CONTROL_ERROR", `SETTINGS_INITIAL_WINDOW_SIZE = ${value}, expected at most 2147483647`);
      }
      into.initialWindowSize = value;
      return undefined;
    case settingId.MAX_FRAME_SIZE:
      if (value < 16_384 || value > 0xffffff) {
        return wrong("PROTOCOL_ERROR", `SETTINGS_MAX_FRAME_SIZE = ${value}, expected 16384 to 16777215`);
      }
      into.maxFrameSize = value;
      return undefined;
    case settingId.MAX_HEADER_LIST_SIZE:
      into.maxHeaderListSize = value;
      return undefined;
    default:
      return undefined;
  }
}

function wrong(code: "PROTOCOL_ERROR" | "FLOW_CONTROL_ERROR", detail: string): Violation {
  return { scope: "connection", by: "peer", code: errorCode[code], rule: "rfc9113-6.5.2", detail };
}
