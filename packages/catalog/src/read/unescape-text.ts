/** Undoes what quoting did to a text: JSON, Go, Rust and Python write `\n`, `\"`, `\u00e9`, `\x1b`, `\033` much alike. */

const escaped = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|([nrtbf"'\\/`]))/g;
const letters: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Text without a backslash comes back as it is. A code point that does not exist becomes U+FFFD. */
export function unescapeText(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(escaped, (_, braced?: string, four?: string, two?: string, octal?: string, letter?: string) => {
    const hex = braced ?? four ?? two;
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
    return letters[letter ?? ""] ?? letter ?? "";
  });
}

function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : "\ufffd"; // the last code point of Unicode
}
