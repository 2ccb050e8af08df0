/** Owns what the HTTP clients have in common that gRPC is written over by hand: what they lack, and how they tell an error. */

import type { ClientSetup } from "../experiment/client-setup.ts";
import type { CallFailure } from "./trial-client.ts";

/** Settings of gRPC's own libraries. */
export function noGrpcLibrary(client: string): Partial<Record<keyof ClientSetup, string>> {
  const noPolicy = `${client} knows no gRPC: no service config and no retry by status`;
  return {
    retry: noPolicy,
    serviceConfig: noPolicy,
    waitForReady: `${client} does not know wait-for-ready`,
    loadBalancing: `${client} has one connection to one origin`,
  };
}

/** Thrown for an answer whose status is not OK, or that has none. */
export class GrpcStatusError extends Error {
  readonly code: string;

  constructor(fields: Readonly<Record<string, unknown>>) {
    const status = fields["grpc-status"];
    const httpStatus = String(fields[":status"] ?? "none");
    super(
      status === undefined
        ? `no grpc-status in the answer (HTTP status ${httpStatus})`
        : `grpc-status ${String(status)}: ${String(fields["grpc-message"] ?? "")}`,
    );
    this.code = status === undefined ? "NO_STATUS" : (statusNames[Number(status)] ?? String(status));
  }
}

const statusNames = [
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"],
  ...["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED"],
  ...["INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"],
];

/** Name, message and code, as Node prints an error without its stack. */
export function printedError(error: unknown): CallFailure {
  if (error instanceof GrpcStatusError) return { code: error.code, text: String(error) };
  const { name, code } = error as Error & { code?: unknown };
  const text = String(error);
  if (typeof code !== "string") return { code: name, text };
  // Node's own errors say their code already.
  return { code, text: text.includes(code) ? text : `${text} { code: '${code}' }` };
}
