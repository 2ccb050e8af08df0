import { printable } from "../report/printable.ts";
import { StatusError } from "../report/status-error.ts";

/** UNIMPLEMENTED in words: the server is there and well enough to say that it has no health service. */
export function withoutHealthService(target: string, method: "Check" | "Watch", cause: StatusError): StatusError {
  const { reason, evidence, attempts, metadata, processed } = cause;
  const text = `${target} has no grpc.health.v1.Health/${method}, so it can serve and not say so: ${printable(cause.text)}`;
  return new StatusError("UNIMPLEMENTED", text, { reason, evidence, attempts, metadata, processed, cause });
}
