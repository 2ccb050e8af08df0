/** The messages of grpc.reflection.v1 (and v1alpha, which differs by its name alone), as far as a list needs them. */

import { protoField, protoFields, protoText } from "./proto-fields.ts";

export const reflectionVersions = ["v1", "v1alpha"] as const;

export function reflectionPath(version: (typeof reflectionVersions)[number]): string {
  return `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
}

/** ServerReflectionRequest with `list_services`, field 7. */
export function listServicesRequest(): Uint8Array {
  return protoField(7, "*");
}

/** ServerReflectionRequest with `file_containing_symbol`, field 4. */
export function fileOfSymbolRequest(symbol: string): Uint8Array {
  return protoField(4, symbol);
}

export type ReflectionAnswer =
  | { readonly kind: "services"; readonly names: readonly string[] }
  /** FileDescriptorProtos, serialized. */
  | { readonly kind: "files"; readonly files: readonly Uint8Array[] }
  | { readonly kind: "error"; readonly code: number; readonly message: string }
  | { readonly kind: "unreadable" };

/** A ServerReflectionResponse. */
export function readReflection(message: Uint8Array): ReflectionAnswer {
  for (const { number, value } of protoFields(message) ?? []) {
    if (typeof value === "number") continue;
    if (number === 4) return filesIn(value);
    if (number === 6) return servicesIn(value);
    if (number === 7) return errorIn(value);
  }
  return { kind: "unreadable" };
}

function filesIn(bytes: Uint8Array): ReflectionAnswer {
  const files = protoFields(bytes)?.flatMap(({ number, value }) =>
    number === 1 && typeof value !== "number" ? [value] : [],
  );
  return files === undefined ? { kind: "unreadable" } : { kind: "files", files };
}

/** ListServiceResponse: `service` is 1, and its `name` 1. */
function servicesIn(bytes: Uint8Array): ReflectionAnswer {
  const services = protoFields(bytes);
  if (services === undefined) return { kind: "unreadable" };
  const names: string[] = [];
  for (const { number, value } of services) {
    if (number !== 1 || typeof value === "number") continue;
    const name = protoFields(value)?.find((field) => field.number === 1)?.value;
    if (name !== undefined) names.push(protoText(name) ?? "");
  }
  return { kind: "services", names };
}

/** ErrorResponse: `error_code` is 1, `error_message` 2. */
function errorIn(bytes: Uint8Array): ReflectionAnswer {
  const fields = protoFields(bytes);
  if (fields === undefined) return { kind: "unreadable" };
  const code = fields.find(({ number }) => number === 1)?.value;
  const message = fields.find(({ number }) => number === 2)?.value;
  return {
    kind: "error",
    code: typeof code === "number" ? code : 2, // UNKNOWN
    message: message === undefined ? "" : (protoText(message) ?? ""),
  };
}

/** Methods of the service in its FileDescriptorProto, `Read, Watch (server stream)`; undefined where it is not in there. */
export function methodsOf(service: string, files: readonly Uint8Array[]): string[] | undefined {
  for (const file of files) {
    const fields = protoFields(file) ?? [];
    const named = fields.find(({ number }) => number === 2)?.value; // package
    const prefix = named === undefined ? "" : `${protoText(named) ?? ""}.`;
    for (const { number, value } of fields) {
      if (number !== 6 || typeof value === "number") continue; // service
      const parts = protoFields(value) ?? [];
      const name = parts.find((part) => part.number === 1)?.value;
      if (name === undefined || `${prefix}${protoText(name) ?? ""}` !== service) continue;
      return parts.flatMap((part) =>
        part.number === 2 && typeof part.value !== "number" ? [methodText(part.value)] : [],
      );
    }
  }
  return undefined;
}

/** MethodDescriptorProto: `name` 1, `client_streaming` 5, `server_streaming` 6. */
function methodText(bytes: Uint8Array): string {
  const fields = protoFields(bytes) ?? [];
  const has = (number: number): boolean => fields.some((field) => field.number === number && field.value === 1);
  const name = fields.find(({ number }) => number === 1)?.value;
  const text = name === undefined ? "?" : (protoText(name) ?? "?");
  if (has(5)) return `${text} (${has(6) ? "both stream" : "client streams"})`;
  return has(6) ? `${text} (server streams)` : text;
}
