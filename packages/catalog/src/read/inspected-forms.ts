/**
 * Forms of statuses as errors that a language prints by its own inspector: structs of Elixir and Rust, errors of Swift, NSError.
 * How forms are tried is `statuses-in.ts`.
 */

import { camel, type StatusForm } from "./status-form.ts";

const names =
  "cancelled|unknown|invalidArgument|deadlineExceeded|notFound|alreadyExists|permissionDenied|resourceExhausted|" +
  "failedPrecondition|aborted|outOfRange|unimplemented|internalError|unavailable|dataLoss|unauthenticated";
const quoted = String.raw`"(?<message>(?:[^"\\]|\\.)*)"?`;

export const inspectedForms: readonly StatusForm[] = [
  {
    // ConnectError of connect-swift.
    mark: "ConnectError(code: ",
    pattern: new RegExp(
      String.raw`\bConnectError\(code: (?:Connect\.Code\.)?(?<code>canceled|${names}), message: (?:Optional\()?${quoted}`,
      "g",
    ),
    implementation: "connect-node",
    proof: "form",
    message: "quoted",
  },
  {
    // GRPC.RPCError of Elixir by `inspect`, its fields in the order of the struct, and in that of the alphabet.
    mark: "%GRPC.RPCError{",
    pattern: new RegExp(
      String.raw`%GRPC\.RPCError\{[^"}]{0,100}?\bstatus: (?<code>1?\d)\b(?:[^"}]{0,100}?\bmessage: ${quoted})?`,
      "g",
    ),
    proof: "form",
    message: "quoted",
  },
  {
    mark: "%GRPC.RPCError{",
    pattern: new RegExp(
      String.raw`%GRPC\.RPCError\{[^"}]{0,100}?\bmessage: ${quoted}[^"}]{0,100}?\bstatus: (?<code>1?\d)\b`,
      "g",
    ),
    proof: "form",
    message: "quoted",
  },
  {
    // RPCError of grpc-swift 2 by `description`.
    mark: ': "',
    pattern: new RegExp(String.raw`(?<![\w.])(?<code>${names}): ${quoted}`, "g"),
    proof: "words",
    message: "quoted",
  },
  {
    // The same of grpc-swift 2, and GRPCStatus of grpc-swift 1, printed field by field.
    mark: "(code: ",
    pattern: new RegExp(
      String.raw`\b(?:RPCError|GRPCStatus)\(code: (?<code>${names})(?: \(1?\d\))?, message: (?:Optional\()?${quoted}`,
      "g",
    ),
    proof: "form",
    message: "quoted",
  },
  {
    // NSError of gRPC's Objective-C and of Firestore for Apple's systems.
    mark: "Error Domain=",
    pattern: new RegExp(
      String.raw`\bError Domain=(?:io\.grpc|FIRFirestoreErrorDomain) Code=(?<code>1?\d) ${quoted}`,
      "g",
    ),
    proof: "form",
    message: "quoted",
  },
  {
    // FirestoreError of Firebase's JavaScript by `toString`: the code in kebab case, and no number.
    mark: "[code=",
    pattern: /\bFirebaseError: \[code=(?<code>[a-z]{2,12}(?:-[a-z]{2,12}){0,2})\]: (?<message>.*)/g,
    proof: "form",
    message: "rest",
  },
  {
    // The log of Firestore.
    mark: "Stream error: '",
    pattern: /\bStream error: '(?<code>[A-Z][A-Za-z ]{1,20}): (?<message>[^']*)/g,
    proof: "form",
    message: "rest",
  },
  {
    // RpcStatus of grpcio, the Rust binding of gRPC's C core, by Debug: a name, then a number, then `4-DEADLINE_EXCEEDED`.
    mark: "RpcStatus { ",
    pattern: new RegExp(
      String.raw`\bRpcStatus \{ (?:code|status): (?:RpcStatusCode\()?(?<code>1?\d|${camel})\b(?:-[A-Z_]{2,20}|\))?` +
        String.raw`(?:, (?:message: |details: Some\()${quoted})?`,
      "g",
    ),
    implementation: "grpc-core",
    proof: "form",
    message: "quoted",
  },
  {
    // The same by Display.
    mark: "RpcFailure: ",
    pattern: /\bRpcFailure: (?<code>1?\d)-[A-Z_]{2,20}\b ?(?<message>.*)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
];
