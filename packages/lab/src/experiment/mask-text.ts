/**
 * Owns what of a printed text differs from run to run, so that equal failures count as one text. Does not touch what a
 * failure is told by: codes, names, words.
 */

/** In this order; each leaves `…` where something volatile stood. */
const volatileParts: readonly (readonly [pattern: RegExp, put: string])[] = [
  // Times of a clock: ISO 8601, and seconds since 1970 as C-core prints them.
  [/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?/g, "…"],
  [/@\d{9,}(?:\.\d+)?/g, "@…"],
  // Ports behind an address.
  [/((?:\d{1,3}\.){3}\d{1,3}|\[[\da-fA-F:]+\]|localhost|::1)(:|%3A)\d{2,5}\b/g, "$1$2…"],
  [/\b(local_port|port|fd)(["']?[:=]\s*)\d+/gi, "$1$2…"],
  [/0x[\da-fA-F]{5,}/g, "0x…"],
  [/@[\da-f]{6,8}\b/g, "@…"],
  [/\bconn \d+/g, "conn …"],
  // Thread ids in the texts of OpenSSL, as Node prints them.
  [/\b[\dA-F]{12,16}(?=:error:)/g, "…"],
  [/(stream(?:[ _-]?id)?)([ =:#]+)\d+/gi, "$1$2…"],
  // Holdfast numbers the connections of a process.
  [/\bconn \d+/g, "conn …"],
  // Durations: 0.302s, 4999ms, 1.5 seconds.
  [/\b\d+(?:\.\d+)?(?= ?(?:ns|µs|us|ms|s|seconds?|milliseconds?|nanoseconds?)\b)/g, "…"],
  [/\b(file_line|line)(["']?[:=]\s*)\d+/g, "$1$2…"],
];

export function maskText(text: string): string {
  return volatileParts.reduce((masked, [pattern, put]) => masked.replace(pattern, put), text);
}
