/**
 * How the reader calls this command. npm puts it on the path of `npx` alone, so that what a reader of its output copies must
 * begin with that, too.
 */
export function called(): string {
  return process.env["npm_lifecycle_event"] === "npx" ? "npx holdfast" : "holdfast";
}
