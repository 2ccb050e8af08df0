/** Which lines belong to the line before them: the bodies of stack traces and of printed objects, in every language. */

/** Unindented lines that still go on with what stands above. */
const connectors = [
  /^Caused by: /, // Java
  /^\.\.\. \d+ (?:more|common frames omitted)/,
  /^at [\w.$<>]+[( ]/, // Java and .NET, where a logger took the indentation
  /^for call at\b/, // grpc-js, before the caller's stack
  /^--- End of /, // .NET
  /^---> /,
  /^>\s*$/, // the end of grpcio's error
  /^> ?(?:status|details|debug_error_string) = /, // the same in a quoted mail, which took the indentation
  /^[)\]}]+[,;]?\s*$/,
  /^(?:During handling of the above exception|The above exception was the direct cause)/, // Python
  // grpc-java writes some of its messages over several lines.
  /^(?:missing GRPC status, inferred error|invalid content-type: |headers: Metadata\(|DATA-{9,}|Received Goaway$|(?:Received )?Rst Stream$)/,
  /^goroutine \d+ \[/, // Go
  /^created by [\w./]+/,
  /^\[signal SIG/,
  /^stack backtrace:/, // Rust
  /^note: run with `RUST_BACKTRACE/,
];

const goFunction = /^[\w./*()[\]-]{1,200}\(.{0,300}\)$/;
const goPlace = /^\t\S{1,300}:\d+( \+0x[0-9a-f]+)?$/;
export const tracebackStart = /^\s*(?:\+ |\| )*(?:Exception Group )?Traceback \(most recent call last\):/;
const exceptionChain = /^(?:During handling of the above exception|The above exception was the direct cause)/;

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

export function isIndented(text: string): boolean {
  return /^[ \t]+\S/.test(text);
}

/** A printed Rust struct that is not closed yet, cut behind one of its fields. */
const openStruct = /\b[A-Z]\w{1,40} \{ [^{}]{1,300},\s*$/;

/** Whether `text` goes on with `before`, the line above it. */
export function continues(text: string, before: string): boolean {
  if (isIndented(text)) return !isBlank(before);
  if (isBlank(text) || isBlank(before)) return false;
  if (connectors.some((connector) => connector.test(text)) || openStruct.test(before)) return true;
  return goFunction.test(text) && (goPlace.test(before) || before.startsWith("goroutine "));
}

/** The causes of an error that Rust's `main` returned: anyhow puts a blank line before them, and people indent them. */
const rustCauses = /^ {0,4}Caused by:$/;

/** Python joins two tracebacks with a sentence between blank lines; Go puts a blank line after `panic: …`. */
export function joinsAcrossBlank(above: string, below: string): boolean {
  return (
    exceptionChain.test(below) ||
    exceptionChain.test(above) ||
    rustCauses.test(below) ||
    (above.startsWith("panic: ") && below.startsWith("goroutine ")) ||
    (/^\[signal SIG/.test(above) && below.startsWith("goroutine "))
  );
}
