/**
 * Names in their words: `ConnectionReset`, `connection_reset` and `connectionReset` are a connection reset to whoever reads
 * them, and phrases are written with blanks.
 */

/** Undefined when no name in it is made of several words. */
export function wordsApart(text: string): string | undefined {
  const apart = text.replace(/(?<=[a-z\d])(?=[A-Z])/g, " ").replace(/(?<=[A-Za-z\d])_+(?=[A-Za-z\d])/g, " ");
  return apart === text ? undefined : apart;
}
