/** Tables that only texts without a known answer need: made when they are first asked for, so that no start pays for them. */

export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
