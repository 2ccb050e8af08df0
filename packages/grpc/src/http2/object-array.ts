/**
 * An empty array for objects. To V8 a fresh `[]` is one for small integers and becomes another with its first object, so
 * compiled code that has only seen the other is thrown away when a new connection brings the first (bench row
 * `unary-server-bytes`). This one is an array of objects from the start.
 */
export function objectArray<T extends object>(): T[] {
  const array: (T | undefined)[] = [undefined];
  array.length = 0;
  return array as T[];
}
