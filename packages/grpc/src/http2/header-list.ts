/**
 * A header or trailer section as HTTP/2 carries it: name, value, name, value … Names are lower case, pseudo-headers
 * first. Values are octets read as latin1. A list that came from the decoder is frozen and may be the very same object
 * as an earlier one with equal bytes, so what is worked out from a list may be kept by its identity.
 */
export type HeaderList = readonly string[];

/** A section without a field. */
export const noFields: HeaderList = [];

/** The first value of `name`, or undefined. */
export function headerValue(list: HeaderList, name: string): string | undefined {
  for (let i = 0; i + 1 < list.length; i += 2) if (list[i] === name) return list[i + 1];
  return undefined;
}
