/**
 * Takes secrets out of header fields before anybody reads them. Masks too much rather than too little: who looks for the
 * end of a connection never needs a credential. The catalog masks whole texts by rules of its own.
 */

import type { WatchedField } from "./watched-frame.ts";

const secretName =
  /^(?:proxy-)?authorization$|cookie|token|secret|passwo?r?d|passwd|passphrase|credential|session|signature|jwt|csrf|xsrf|api[_-]?key|(?:access|private|account|auth)[_-]?key|(?:^|[_-])(?:auth|sid|pwd|otp)(?:$|[_-])/i;

/** Credentials that betray themselves under any name: a scheme of RFC 9110 §11.4, a JSON web token, keys of big houses. */
const secretValue =
  /\b(?:bearer|basic|digest|negotiate)\s+[\w.~+/=:-]{6,}|\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bgh[opsur]_[A-Za-z0-9]{20,}|\bglpat-[\w-]{16,}|\bxox[abeoprs]-[\w-]{8,}|\bya29\.[\w.-]{10,}/gi;

/** `?access_token=…` in a path. */
const secretParameter =
  /([?&;][\w.-]{0,40}(?:token|secret|key|passwo?r?d|pwd|sig|signature|auth|session|code)[\w.-]{0,20}=)[^&;#\s]+/gi;

/** What stands in place of a value; the length tells a missing credential from a wrong one. */
function masked(value: string): string {
  return `[masked, ${value.length} ${value.length === 1 ? "octet" : "octets"}]`;
}

/** The field as it may be shown. Binary metadata (`-bin`) is never shown: nobody knows what it holds. */
export function maskField(name: string, value: string): WatchedField {
  if (name.endsWith("-bin") || (secretName.test(name) && !name.startsWith(":"))) return [name, masked(value)];
  const shown = value.replace(secretValue, masked);
  return [name, name === ":path" ? shown.replace(secretParameter, "$1[masked]") : shown];
}
