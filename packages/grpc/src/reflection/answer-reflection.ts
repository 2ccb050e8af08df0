/**
 * One answer of grpc.reflection.v1 for one request. Pure: what there is comes in, and so does what this stream was sent
 * before. What cannot be answered is an error_response, and the stream goes on.
 */
import { status, type StatusName } from "../rpc/status.ts";
import type { DescriptorIndex, IndexedFile } from "./descriptor-index.ts";
import type { ServerReflectionRequest } from "./reflection-pb.ts";

export interface ReflectedServer {
  readonly index: DescriptorIndex;
  /** The names of its services, ascending. */
  readonly services: readonly string[];
}

/** The parts of a ServerReflectionRequest that say what is asked; v1 and v1alpha have the same. */
export type Question = ServerReflectionRequest["messageRequest"];

/** @param sent The names of the files that this stream has; they are added to. */
export function answerReflection(question: Question, { index, services }: ReflectedServer, sent: Set<string>) {
  switch (question.case) {
    case "listServices":
      return { case: "listServicesResponse", value: { service: services.map((name) => ({ name })) } } as const;
    case "fileByFilename":
      return filesOr(index.file(question.value), index, sent, `no file ${quoted(question.value)}`);
    case "fileContainingSymbol": {
      const symbol = withoutDot(question.value);
      return filesOr(index.fileOfSymbol(symbol), index, sent, missingSymbol(symbol, services));
    }
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = question.value;
      const file = index.fileOfExtension(withoutDot(containingType), extensionNumber);
      return filesOr(file, index, sent, `no extension ${extensionNumber} of ${quoted(containingType)}`);
    }
    case "allExtensionNumbersOfType": {
      const baseTypeName = withoutDot(question.value);
      const extensionNumber = index.extensionNumbers(baseTypeName);
      if (extensionNumber === undefined) return failure("NOT_FOUND", `no message ${quoted(baseTypeName)}`);
      const value = { baseTypeName, extensionNumber: [...extensionNumber] };
      return { case: "allExtensionNumbersResponse", value } as const;
    }
    case undefined:
      return failure("INVALID_ARGUMENT", "the request asks nothing that this server knows of");
  }
}

function filesOr(file: IndexedFile | undefined, index: DescriptorIndex, sent: Set<string>, missing: string) {
  if (file === undefined) return failure("NOT_FOUND", missing);
  const fileDescriptorProto = withImports(file, index, sent).map(({ bytes }) => bytes);
  return { case: "fileDescriptorResponse", value: { fileDescriptorProto } } as const;
}

/** The file itself whatever was sent; of what it imports, and they import, what the stream does not have yet. */
function withImports(file: IndexedFile, index: DescriptorIndex, sent: Set<string>): IndexedFile[] {
  const files = [file];
  sent.add(file.name);
  // Grows while it is walked.
  for (const { imports } of files) {
    for (const name of imports) {
      const imported = index.file(name);
      if (imported === undefined || sent.has(name)) continue;
      sent.add(name);
      files.push(imported);
    }
  }
  return files;
}

function missingSymbol(symbol: string, services: readonly string[]): string {
  const known = services.find((name) => symbol === name || symbol.startsWith(`${name}.`));
  if (known === undefined) return `no symbol ${quoted(symbol)}`;
  return `the server has ${known}, but no descriptor of it: it was not added as one of protobuf-es, nor given in a set`;
}

function failure(code: StatusName, errorMessage: string) {
  return { case: "errorResponse", value: { errorCode: status[code], errorMessage } } as const;
}

/** In descriptors names begin with a dot, and some clients ask like that. */
function withoutDot(name: string): string {
  return name.startsWith(".") ? name.slice(1) : name;
}

/** Names come from peers, and stand in the answer anyway; here they stay short. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
