/**
 * Words by which a line looks like a failed call, also where no signature is known: the scanner looks for them beside
 * the texts of the signatures. Each has 6 bytes or more, for the shortest one bounds the scanner's speed.
 */

export const failureMarks: readonly string[] = [
  // The codes as grpc-js, Java, C core and absl print them.
  "CANCELLED:",
  "CANCELED:",
  "UNKNOWN:",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND:",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED:",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL:",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
  // The same with a reason of ours behind it.
  "CANCELLED [",
  "UNKNOWN [",
  "ABORTED [",
  "INTERNAL [",
  // Forms that hold a code.
  "rpc error: code",
  "StatusRuntimeException",
  "io.grpc.StatusException",
  "Status{code=",
  "StatusCode=",
  "StatusCode.",
  "ConnectError",
  "Status { code:",
  ", message: \"",
  "grpc-status",
  "GRPC::",
  "api_core.exceptions",
  "grpc.code",
  '"details":"',
  "details: '",
  'details: "',
  'details = "',
  "rawMessage",
  "[canceled] ",
  "[deadline_exceeded] ",
  "[internal] ",
  "[unavailable] ",
  "[unimplemented] ",
  // Failures that name themselves.
  "catalogId",
  "streamsEver",
];
