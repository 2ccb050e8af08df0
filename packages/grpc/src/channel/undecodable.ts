/** What is said of a message that came whole and is not what the method's type says. */
export function undecodable(bytes: Uint8Array, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `a message of ${bytes.length} bytes could not be decoded: ${why}`;
}
