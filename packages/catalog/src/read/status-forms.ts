/**
 * How programs write a gRPC status in one line: a table of patterns, most telling first. Owns the spellings only; what is
 * made of a match is `statuses-in.ts`.
 */

import { coreForms } from "./core-forms.ts";
import { inspectedForms } from "./inspected-forms.ts";
import { camel, lower, quoted, upper, type StatusForm } from "./status-form.ts";

/** The number of a code in front of its name. */
const numberInFront = String.raw`(?<![\w.])(?<number>1?\d)`;
/** Names of two words and more. */
const gluedNames = upper
  .split("|")
  .filter((name) => name.includes("_"))
  .join("|");
/** The end of a text, with what may close a quotation or a sentence. */
const closing = String.raw`["'\x60)\].!]{0,3}$`;

/**
 * Most telling first. All patterns are linear: no repetition stands inside or beside one that reads the same letters. Where
 * the end may be missing, 4000 characters are enough for a message and keep a line of many beginnings cheap.
 */
export const statusForms: readonly StatusForm[] = [
  {
    // ConnectError of connect-es: `[unavailable] …`
    mark: "] ",
    pattern: new RegExp(String.raw`(?<connect>ConnectError: )?\[(?<code>${lower})\] (?<message>.*)`, "g"),
    implementation: "connect-node",
    proof: "form",
    message: "rest",
  },
  {
    mark: "rpc error: code = ",
    // A number instead of the name is what grpc-go before 1.7 wrote.
    pattern: /rpc error: code = (?<code>[A-Z]\w{1,20}|1?\d) desc = (?<message>.*)/g,
    implementation: "grpc-go",
    proof: "form",
    message: "rest",
  },
  {
    // The same from its middle on: people and programs leave out what every message begins with.
    mark: " desc = ",
    pattern: new RegExp(String.raw`(?:^\W{0,3}|\bcode = )(?<code>${camel}) desc = (?<message>.*)`, "g"),
    implementation: "grpc-go",
    proof: "form",
    message: "rest",
  },
  {
    // Fields of a logger that quotes both.
    mark: 'code = "',
    pattern: new RegExp(String.raw`\bcode = "(?<code>${camel})",? desc = ${quoted}`, "g"),
    implementation: "grpc-go",
    proof: "form",
    message: "quoted",
  },
  {
    // The body that grpc-gateway answers with, behind other words.
    mark: '"details":',
    pattern: new RegExp(String.raw`\{"code": ?(?<code>1?\d), ?"message": ?${quoted}, ?"details": ?\[`, "g"),
    implementation: "grpc-go",
    proof: "form",
    message: "quoted",
  },
  {
    // An error object of grpc-js as JSON inside another text.
    mark: '"details":',
    pattern: new RegExp(String.raw`\{"code": ?(?<code>1?\d), ?"details": ?${quoted}`, "g"),
    implementation: "grpc-js",
    proof: "form",
    message: "quoted",
  },
  {
    // The same before its version 2.
    mark: '"error":',
    pattern: new RegExp(
      String.raw`\{"error": ?${quoted}, ?(?:"message": ?"(?:[^"\\]|\\.)*", ?)?"code": ?(?<code>1?\d)[,}]`,
      "g",
    ),
    implementation: "grpc-go",
    proof: "form",
    message: "quoted",
  },
  {
    // Envoy on the stream that brings its configuration: number, comma, message.
    mark: "gRPC config stream closed: ",
    pattern: /\bgRPC config stream closed: (?<code>1?\d), (?<message>.*)/g,
    proof: "form",
    message: "rest",
  },
  {
    mark: "io.grpc.Status",
    pattern: new RegExp(String.raw`io\.grpc\.Status(?:Runtime)?Exception: (?<code>${upper})(?:: (?<message>.*))?`, "g"),
    implementation: "grpc-java",
    proof: "form",
    message: "rest",
  },
  {
    // Android's shrinker renames the class: `d1{code=…`.
    mark: "{code=",
    pattern: new RegExp(
      String.raw`\b\w{1,40}\{code=(?<code>${upper}), description=(?<message>.*?)(?:, cause=|\}|$)`,
      "g",
    ),
    implementation: "grpc-java",
    proof: "form",
    message: "rest",
  },
  {
    mark: "StatusCode=",
    pattern: /Status ?\(StatusCode="?(?<code>[A-Z]\w{1,20})"?, Detail="(?<message>.*?)"(?:, DebugException=|\)|$)/g,
    implementation: "grpc-dotnet",
    proof: "form",
    message: "rest",
  },
  {
    // Copied out of a debugger or a log that leaves the quotes away.
    mark: "StatusCode=",
    pattern: /Status ?\(StatusCode=(?<code>[A-Z]\w{1,20}), Detail=(?<message>[^"].*?)(?:, DebugException=|\)|$)/g,
    implementation: "grpc-dotnet",
    proof: "form",
    message: "rest",
  },
  {
    // tonic::Status by Display, up to 0.13 and after.
    mark: "tatus: ",
    pattern: new RegExp(
      String.raw`\bstatus: '?(?<code>[A-Z][A-Za-z]{1,20}|[A-Z][^"]{8,90}?)'?, message: ${quoted}`,
      "g",
    ),
    implementation: "tonic",
    proof: "form",
    message: "quoted",
  },
  {
    mark: "code: '",
    pattern: new RegExp(String.raw`\bcode: '(?<code>[A-Z][^"]{8,90}?)', message: ${quoted}`, "g"),
    implementation: "tonic",
    proof: "form",
    message: "quoted",
  },
  {
    mark: "Status { code: ",
    pattern: new RegExp(String.raw`\bStatus \{ code: (?<code>[A-Z][A-Za-z]{1,20})(?:, message: ${quoted})?`, "g"),
    implementation: "tonic",
    proof: "form",
    message: "quoted",
  },
  {
    // The OTLP exporter of opentelemetry-rust: the code as tonic describes it.
    mark: "the grpc server returns error (",
    pattern: /the grpc server returns error \((?<code>[^()]{4,90})\): (?:, detailed error message: )?(?<message>.*)/g,
    implementation: "tonic",
    proof: "form",
    message: "rest",
  },
  {
    mark: "GRPC::",
    pattern:
      /\bGRPC::(?<code>[A-Z][A-Za-z]{1,20})\b[^:\n]{0,20}: (?<number>\d{1,2}):(?<message>.*?)(?:\. debug_error_string:|$)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // Ruby's `inspect`, and how error trackers print it: the message in brackets.
    mark: "GRPC::",
    pattern:
      /\bGRPC::(?<code>[A-Z][A-Za-z]{1,20}) \((?<number>\d{1,2}):(?<message>.{0,4000}?)(?:\. debug_error_string:|\)$|$)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // Google's own Ruby classes around those of gRPC.
    mark: "Google::Cloud::",
    pattern:
      /\bGoogle::Cloud::(?<code>[A-Z][A-Za-z]{1,20})Error:? \(?(?<number>\d{1,2}):(?<message>.{0,4000}?)(?:\. debug_error_string:|\)$|$)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // The exporters of OpenTelemetry for Java.
    mark: "gRPC status code ",
    pattern: /\bgRPC status code (?<code>1?\d)\. Error message: (?<message>.*)/g,
    proof: "form",
    message: "rest",
  },
  {
    // What programs of C++ and others make of `error_code()` and `error_message()`; only where they say that it is gRPC.
    mark: "ode",
    pattern:
      /\bg?rpc\b[^\n]{0,60}?\b(?:error|status)?[ _]?code(?: ?[:=] ?| |\()(?<code>1?\d)\)?[,;]? (?:(?:error|status)[ _])?(?:message|msg|details|desc)(?: ?[:=] ?)["']?(?<message>.*)/gi,
    proof: "form",
    message: "rest",
  },
  {
    // Programs of Rust that log how a call ended, by the name of its code, behind a span or a target that names gRPC.
    mark: ": ",
    pattern: new RegExp(
      String.raw`\b(?:grpc|tonic)\b.{0,600}?\b(?:(?:failed|ended|finished|completed) with|(?:error|status):)(?: code[:=])? (?<code>${camel}): (?<message>.*)`,
      "g",
    ),
    proof: "form",
    message: "rest",
  },
  {
    // The same by fields: `error: code=NotFound, message="…"`.
    mark: "code=",
    pattern: new RegExp(
      String.raw`\b(?:grpc|tonic)\b.{0,600}?\bcode=(?<code>${camel}),? (?:message|msg)=${quoted}`,
      "g",
    ),
    proof: "form",
    message: "quoted",
  },
  {
    // Bazel's client about the server that it talks to.
    mark: ", error message: '",
    pattern: /\(error code: (?<code>1?\d), error message: '(?<message>[^']*)'/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    mark: "): ",
    pattern: new RegExp(String.raw`\b(?<code>${upper}) ?\((?<number>1?\d)\): (?<message>.*)`, "g"),
    proof: "form",
    message: "rest",
  },
  {
    // grpc-dart, and before 2.0 without names.
    mark: "gRPC Error (",
    pattern:
      /gRPC Error \((?:code: )?(?<code>1?\d), (?:codeName: [A-Z_]{2,20}, message: )?(?<message>.*?)(?:, details: |\)$|$)/g,
    proof: "form",
    message: "rest",
  },
  {
    // The same by fields, misspelt as its first versions did.
    mark: "GrpcError(code: ",
    pattern: /\bGrpcError\(code: (?<code>1?\d), mess{1,2}age: '?(?<message>.{0,4000}?)'?\)/g,
    proof: "form",
    message: "rest",
  },
  {
    // GRPCStatus of grpc-swift 1 by `description`.
    mark: "): ",
    pattern:
      /\b(?:cancelled|unknown|invalid argument|deadline exceeded|not found|already exists|permission denied|resource exhausted|failed precondition|aborted|out of range|unimplemented|internal error|unavailable|data loss|unauthenticated) \((?<code>1?\d)\): (?<message>.*)/g,
    proof: "form",
    message: "rest",
  },
  {
    // The log of Grpc.Net.Client.
    mark: "Status code: '",
    pattern: /Status code: '(?<code>[A-Z][A-Za-z]{1,20})', Message: '(?<message>.{0,4000}?)'\.?$/g,
    implementation: "grpc-dotnet",
    proof: "form",
    message: "rest",
  },
  ...coreForms,
  {
    // GRPCError of grpclib: the printed arguments of the exception.
    mark: "<Status.",
    pattern: new RegExp(
      String.raw`<Status\.(?<code>${upper}): (?<number>1?\d)>, (?:'(?<message>[^']*)|"(?<other>[^"]*))`,
      "g",
    ),
    proof: "form",
    message: "rest",
  },
  {
    // nice-grpc puts the method where grpc-js puts the number.
    mark: "/",
    pattern: new RegExp(String.raw`(?:^|\s)\/[\w.]{1,200}\/\w{1,100} (?<code>${upper}): (?<message>.*)`, "g"),
    implementation: "nice-grpc",
    proof: "form",
    message: "rest",
  },
  {
    mark: ": ",
    pattern: new RegExp(String.raw`(?<![\w.])(?<number>1?\d) (?<code>${upper}): (?<message>.*)`, "g"),
    implementation: "grpc-js",
    proof: "form",
    message: "rest",
  },
  {
    // The same where no message follows, by names that are gRPC's alone: `1 CANCELLED` is also a sum of jobs.
    mark: "_",
    pattern: new RegExp(String.raw`${numberInFront} (?<code>${gluedNames})${closing}`, "g"),
    implementation: "grpc-js",
    proof: "form",
    message: "rest",
  },
  {
    mark: " UN",
    pattern: new RegExp(String.raw`${numberInFront} (?<code>UNAVAILABLE|UNIMPLEMENTED|UNAUTHENTICATED)${closing}`, "g"),
    implementation: "grpc-js",
    proof: "form",
    message: "rest",
  },
  {
    // StatusRpcException of Dubbo's Triple puts a blank before the colon too.
    mark: "StatusRpcException: ",
    pattern: new RegExp(String.raw`\bStatusRpcException: (?<code>${upper}) : (?<message>.*)`, "g"),
    proof: "form",
    message: "rest",
  },
  ...inspectedForms,
  {
    // The message of a Ruby error without its class.
    mark: ". debug_error_string:",
    pattern:
      /(?<![\w:.])(?<code>1?\d):(?!\d)(?<message>(?:(?!\. debug_error_string:).){0,300}?)\. debug_error_string:/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    mark: "grpc-status",
    pattern:
      /grpc-status["']?(?:: ?|=)["']?(?<code>1?\d)\b(?:.{0,40}?grpc-message["']?(?:: ?|=)["']?(?<message>[^"',;]*))?/gi,
    proof: "form",
    message: "rest",
  },
  {
    // What the core tells of an error for those who look for defects: JSON up to 1.47, nearly JSON after.
    mark: "grpc_status",
    pattern: new RegExp(String.raw`grpc_message"?:${quoted}, ?"?grpc_status"?:(?<code>1?\d)\b`, "g"),
    implementation: "grpc-core",
    proof: "form",
    message: "quoted",
  },
  {
    mark: "grpc_status",
    pattern: new RegExp(String.raw`grpc_status"?:(?<code>1?\d), ?"?grpc_message"?:${quoted}`, "g"),
    implementation: "grpc-core",
    proof: "form",
    message: "quoted",
  },
  {
    // grpcurl's block on one line, as chats and forms leave it.
    mark: " Message: ",
    pattern: new RegExp(String.raw`\bCode: (?<code>${camel})\s{1,8}Message: (?<message>.*)`, "g"),
    implementation: "grpc-go",
    proof: "form",
    message: "rest",
  },
  {
    mark: "Code: ",
    pattern: /^\s*Code: (?<code>[A-Z][A-Za-z]{1,20})$/g,
    implementation: "grpc-go",
    proof: "words",
    message: "rest",
  },
  {
    mark: ": ",
    // `error=UNKNOWN: …` and `last error: UNKNOWN: …` are how the core prints an error of its own before it has a status.
    pattern: new RegExp(
      String.raw`(?<![\w.\]-])(?!(?<=\berror=|\blast error: )UNKNOWN)(?<code>${upper}): (?<message>.*)`,
      "g",
    ),
    proof: "words",
    message: "rest",
  },
  {
    // A program of Go that prints a status its own way: code, colon, message. Python puts the missing HTTP status between.
    mark: ": ",
    pattern: new RegExp(String.raw`^(?<code>${camel}): (?:None )?(?<message>.*)`, "g"),
    proof: "words",
    message: "rest",
  },
  {
    // An error of connect-go by `Error()`, where what follows is a text of the library or of Go's HTTP client.
    mark: ": ",
    pattern: new RegExp(
      String.raw`(?:^|^Failure: )(?<code>${lower}|canceled): (?<message>(?:[45]\d\d(?: [A-Z]|\s*$)|HTTP status \d|dial (?:tcp|unix) |` +
        `(?:read|write) (?:tcp|unix) |(?:unexpected )?EOF$|http2?: |net/http: |(?:remote error: )?tls: |x509: |` +
        `stream error: stream ID |protocol error: |(?:un)?marshal message: |unary |write envelope: ).*)`,
      "g",
    ),
    implementation: "connect-node",
    proof: "form",
    message: "rest",
  },
  {
    // Google's libraries for .NET: code, semicolon, detail.
    mark: "; ",
    pattern: new RegExp(String.raw`^(?<code>${camel}); (?<message>.*)`, "g"),
    implementation: "grpc-dotnet",
    proof: "words",
    message: "rest",
  },
];
