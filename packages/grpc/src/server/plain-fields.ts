/** Header fields between a header list and the records that plain handlers use. What may not travel is a `TypeError`. */

import type { HeaderList } from "../http2/header-list.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Connection-specific fields have no place in HTTP/2, RFC 9113 §8.2.2. */
const forbidden = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

export function fieldsFromList(list: HeaderList): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = list[i] as string;
    const value = list[i + 1] as string;
    if (name.startsWith(":")) continue;
    const before = fields[name];
    // Cookies have a separator of their own, RFC 9113 §8.2.3.
    fields[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`;
  }
  return fields;
}

/** Appends to a list under construction. */
export function fieldsToList(fields: Fields, into: string[]): string[] {
  for (const [name, values] of Object.entries(fields)) {
    const key = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key)) throw new TypeError(`${JSON.stringify(name)} is not a header name`);
    if (forbidden.has(key)) throw new TypeError(`header "${key}" has no place in HTTP/2`);
    for (const value of typeof values === "string" ? [values] : values) {
      if (!/^[\t -~\x80-\xff]*$/.test(value) || value !== value.trim()) {
        throw new TypeError(`header "${key}": the value ${JSON.stringify(value)} cannot travel`);
      }
      into.push(key, value);
    }
  }
  return into;
}
