/** The error codes of RFC 9113 §7, by name. */
export const errorCode = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  FLOW_CONTROL_ERROR: 3,
  SETTINGS_TIMEOUT: 4,
  STREAM_CLOSED: 5,
  FRAME_SIZE_ERROR: 6,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  COMPRESSION_ERROR: 9,
  CONNECT_ERROR: 10,
  ENHANCE_YOUR_CALM: 11,
  INADEQUATE_SECURITY: 12,
  HTTP_1_1_REQUIRED: 13,
} as const;

export type ErrorCodeName = keyof typeof errorCode;

const names = Object.keys(errorCode);

/** `ENHANCE_YOUR_CALM` for 11; `0x1f` for a code that the RFC does not know (such codes are legal, RFC 9113 §7). */
export function errorCodeName(code: number): string {
  return names[code] ?? `0x${code.toString(16)}`;
}
