/** Names of files and arguments may hold anything: what a terminal would obey becomes an escape that can be read. */

/** The same for several lines. */
export function plainLines(text: string): string {
  return text.split("\n").map(plainLine).join("\n");
}

export function plainLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
