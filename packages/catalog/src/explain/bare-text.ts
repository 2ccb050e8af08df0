/** Inputs that are one text and nothing else: which of them are answered though nothing around them speaks of gRPC. */

/** What kernels, TLS libraries, resolvers and HTTP clients print, whatever the program: alone it is no question about gRPC. */
const everybodysWords = new RegExp(
  [
    String.raw`\bEOF\b|hang up|broken pipe|address already in use|too many open files`,
    String.raw`\bconnection (?:reset|refused|closed|aborted|error|failed)|time[d ]? ?out|other side closed|ended prematurely`,
    String.raw`certificate|handshake|wrong version|x509|\b(?:ssl|tls)\b|secure TLS|getaddrinfo|\bhost\b|UnknownHost|resolve`,
    String.raw`deadline exceeded|context canceled|operation (?:was|has been) (?:cancell?ed|aborted)|^cancell?ed$|task was canceled`,
    String.raw`^(?:unknown|internal|protocol|transport|server|network|io) (?:server )?(?:error|exception)$|too many requests`,
    String.raw`^HTTP \d|not found|unknown (?:service|method)|not implemented|socket closed|^stream (?:closed|timeout)$`,
  ].join("|"),
  "i",
);

/** The name of an errno, as in `ECONNRESET`; capitals count, or every word that begins with e would be one. */
const errno = /\bE[A-Z]{4,}\b/;

/** Everybody's words all the same, but those that people of gRPC paste and search alone, for their logs say no more. */
const pastedAlone: ReadonlySet<string> = new Set(["EOF", "connection reset by peer", "read ECONNRESET"]);

/** Whether `input` is `text`, a template without holes, and may be answered as it stands. */
export function isBareText(input: string, text: string): boolean {
  const bare = bareInput(input);
  return bare === text && !text.includes("{") && mayBeAlone(bare);
}

/** Without blanks around it and the full stop behind it. */
export function bareInput(input: string): string {
  return input.trim().replace(/[.]+$/, "");
}

export function mayBeAlone(bare: string): boolean {
  return pastedAlone.has(bare) || !(errno.test(bare) || everybodysWords.test(bare));
}
