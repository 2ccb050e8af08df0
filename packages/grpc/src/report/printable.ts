/**
 * Text of a peer, made safe for one line of a log or a terminal: control characters, line separators and marks that turn
 * the direction of writing become `\n` or `\u{1b}`. Everything else stays, whatever its script.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => {
    if (char === "\n") return "\\n";
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
