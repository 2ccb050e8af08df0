/** How the wrappers of C core write a gRPC status in one line: Python and what is built on it, Ruby, PHP, Objective-C. */

import { quoted, upper, type StatusForm } from "./status-form.ts";

/** A part of the table of `status-forms.ts`, in its order and by its rules. */
export const coreForms: readonly StatusForm[] = [
  {
    // Ruby puts the class of an error that nobody caught behind its message.
    mark: " (GRPC::",
    pattern:
      /(?<![\w:])(?<code>1?\d):(?<message>(?:(?!\. debug_error_string:).){0,300}?)(?:\. debug_error_string:.{0,2000}?)? \(GRPC::[A-Z][A-Za-z]{1,20}\)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // grpcio before 1.20 puts both into one pair of brackets.
    mark: "(StatusCode.",
    pattern: new RegExp(String.raw`\(StatusCode\.(?<code>${upper}), (?<message>.{0,4000}?)\)>?$`, "g"),
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // The Triton client and its kin: the code in square brackets, then the details.
    mark: "[StatusCode.",
    pattern: new RegExp(String.raw`\[StatusCode\.(?<code>${upper})\] (?<message>.*)`, "g"),
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // The same without brackets, where a program joins `code()` and `details()` itself.
    mark: "StatusCode.",
    pattern: new RegExp(
      String.raw`(?:^|: |\bcode )StatusCode\.(?<code>${upper})(?:, |: | - )(?!(?:details|debug_error_string|message)\b)(?<message>[^"<>]{2,4000})$`,
      "g",
    ),
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // What `str` makes of a grpcio error in pymilvus and others: class, code, details.
    mark: "tatusCode.",
    pattern: new RegExp(
      String.raw`\b_?\w{1,40}: [Ss]tatusCode\.(?<code>${upper}), (?<message>.*?)(?:>, <|>$|;$|$)`,
      "g",
    ),
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    mark: "google.api_core.exceptions.",
    // A class without an HTTP status of its own prints None in its place.
    pattern: /google\.api_core\.exceptions\.(?<code>[A-Z][A-Za-z]{1,30}): (?:(?:\d{3}|None) )?(?<message>.*)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // The same by the bare name of the class and its HTTP status, as a last line of a traceback that was cut.
    mark: "50",
    pattern:
      /(?<![\w.])(?<code>ServiceUnavailable|InternalServerError|GatewayTimeout|DeadlineExceeded)'?: 50\d (?<message>.*)/g,
    implementation: "grpc-core",
    proof: "words",
    message: "rest",
  },
  {
    // RetryError of google.api_core: what the last attempt met, by its HTTP status.
    mark: "last exception: 50",
    pattern: /\blast exception: (?<code>503|504) (?<message>.*)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // The thread of google.api_core that reads a stream, with the same statuses. What follows says the same of every error.
    mark: " caught error ",
    pattern: /\bThread-\w{1,60} caught error (?<code>429|499|503|504) (?<message>.*?)(?: and will exit\.|$)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // GaxError of google-gax for Ruby around what it met.
    mark: "GaxError ",
    pattern: /\bGaxError .{0,200}?, caused by (?<code>1?\d):(?<message>.*)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // A code of grpcio by `repr`: its number and its name once more.
    mark: "<StatusCode.",
    pattern: new RegExp(String.raw`<StatusCode\.(?<code>${upper}): \((?<number>1?\d), '(?<message>[^']*)'\)>`, "g"),
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // TensorFlow's own class for the status of a remote worker. Its other classes mean local failures as well.
    mark: "errors_impl.UnavailableError: ",
    pattern: /\berrors_impl\.(?<code>Unavailable)Error: (?<message>.*)/g,
    implementation: "grpc-core",
    proof: "form",
    message: "rest",
  },
  {
    // ApiException of Google's PHP libraries, its JSON on one line.
    mark: '"status":',
    pattern: new RegExp(
      String.raw`"message": ?${quoted.replace('"?', '"')}, ?"code": ?(?<number>1?\d), ?"status": ?"(?<code>${upper})"`,
      "g",
    ),
    implementation: "grpc-core",
    proof: "form",
    message: "quoted",
  },
  {
    // NSError of the Objective-C library.
    mark: "Domain=io.grpc Code=",
    pattern: new RegExp(String.raw`\bDomain=io\.grpc Code=(?<code>1?\d) ${quoted}`, "g"),
    implementation: "grpc-core",
    proof: "form",
    message: "quoted",
  },
  {
    // A whole grpcio error that a logger has put on one line.
    mark: "StatusCode.",
    pattern: new RegExp(
      String.raw`StatusCode\.(?<code>${upper})(?:(?:\\n|\\t|[\s,;>])+(?:details|debug_error_string|message) ?= ?\\?${quoted})?`,
      "g",
    ),
    implementation: "grpc-core",
    proof: "form",
    message: "quoted",
  },
];
