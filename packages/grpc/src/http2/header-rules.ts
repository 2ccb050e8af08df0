import type { HeaderList } from "./header-list.ts";

/**
 * What makes a header section malformed, RFC 9113 §8.2, §8.3 and §8.1. Each function says in words what is wrong, or
 * nothing. A malformed message is a stream error, RFC 9113 §8.1.1.
 */

/** `content-length` as announced, -1 when absent or not to be trusted because the list is malformed. */
export function contentLength(list: HeaderList): number {
  for (let i = 0; i < list.length; i += 2) {
    if (list[i] === "content-length") return Number(list[i + 1]);
  }
  return -1;
}

/** @param known A request that had no fault: what stands at the same place in both is not looked at again. */
export function faultInRequest(list: HeaderList, known: HeaderList = nothing): string | undefined {
  let method: string | undefined;
  let scheme: string | undefined;
  let path: string | undefined;
  let authority: string | undefined;
  let i = 0;
  for (; i < list.length; i += 2) {
    const name = list[i] as string;
    const value = list[i + 1] as string;
    if (name.charCodeAt(0) !== colon) break;
    if (value !== known[i + 1] && !isFieldValue(value))
      return `pseudo-header ${name} has a value with forbidden octets`;
    if (name === ":method" && method === undefined) method = value;
    else if (name === ":scheme" && scheme === undefined) scheme = value;
    else if (name === ":path" && path === undefined) path = value;
    else if (name === ":authority" && authority === undefined) authority = value;
    else return `pseudo-header ${quote(name)} is unknown or repeated`;
  }
  if (method === undefined) return "a request without :method";
  if (method !== "POST" && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method))
    return `:method ${quote(method)}, expected a token`;
  if (method === "CONNECT") {
    if (scheme !== undefined || path !== undefined || authority === undefined)
      return "CONNECT with :scheme or :path, or no :authority";
  } else {
    if (scheme === undefined) return "a request without :scheme";
    if (path === undefined || path === "") return "a request without :path";
    // RFC 9113 §8.3.1: an absolute path, or * for OPTIONS.
    if (!path.startsWith("/") && !(path === "*" && method === "OPTIONS")) return `:path ${quote(path)}, expected /…`;
  }
  const fault = faultInFields(list, i, known);
  return fault ?? (authority === undefined ? undefined : faultInHost(list, i, authority, scheme));
}

export function faultInResponse(list: HeaderList): string | undefined {
  if (list[0] !== ":status") return "a response that does not begin with :status";
  const status = list[1] as string;
  if (!/^[1-9][0-9][0-9]$/.test(status)) return `:status ${quote(status)}, expected three digits`;
  return faultInFields(list, 2, nothing);
}

export function faultInTrailers(list: HeaderList): string | undefined {
  return faultInFields(list, 0, nothing);
}

const colon = 0x3a;
const nothing: HeaderList = [];

/** Regular fields from index `from` on: names, values, and those that only HTTP/1.1 connections have (§8.2.2). */
function faultInFields(list: HeaderList, from: number, known: HeaderList): string | undefined {
  let length: string | undefined;
  for (let i = from; i < list.length; i += 2) {
    const name = list[i] as string;
    const value = list[i + 1] as string;
    if (name === known[i] && name.charCodeAt(0) !== colon) {
      // Sound by itself, unless the value is new; two lengths that differ are a fault of the list as a whole.
      if (value === known[i + 1] && name !== "content-length") continue;
    } else if (!isFieldName(name)) {
      return name.charCodeAt(0) === colon
        ? `pseudo-header ${quote(name)} where none may stand`
        : `field name ${quote(name)}, expected lower-case token`;
    }
    if (!isFieldValue(value)) return `field ${name} has a value with forbidden octets`;
    switch (name) {
      case "connection":
      case "proxy-connection":
      case "keep-alive":
      case "transfer-encoding":
      case "upgrade":
        return `connection-specific field ${name}`;
      case "te":
        if (value !== "trailers") return `te: ${quote(value)}, expected trailers`;
        break;
      case "content-length":
        if (!/^[0-9]{1,15}$/.test(value)) return `content-length: ${quote(value)}, expected digits`;
        if (length !== undefined && length !== value) return "two content-length fields that differ";
        length = value;
        break;
    }
  }
  return undefined;
}

/** RFC 9113 §8.3.1: `host` names what `:authority` names, or two readers of one request would see two of them. */
function faultInHost(
  list: HeaderList,
  from: number,
  authority: string,
  scheme: string | undefined,
): string | undefined {
  for (let i = from; i < list.length; i += 2) {
    if (list[i] !== "host") continue;
    const host = list[i + 1] as string;
    if (host !== authority && normalHost(host, scheme) !== normalHost(authority, scheme))
      return `host: ${quote(host)}, :authority says ${quote(authority)}`;
  }
  return undefined;
}

/** RFC 3986 §6.2: case and the scheme's own port say nothing. */
function normalHost(host: string, scheme: string | undefined): string {
  const port = scheme === "https" ? ":443" : ":80";
  return (host.endsWith(port) ? host.slice(0, -port.length) : host).toLowerCase();
}

/** RFC 9110 §5.6.2 token characters, without upper case: 1 where allowed. */
const nameOctets = new Uint8Array(256);
for (const char of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz") nameOctets[char.charCodeAt(0)] = 1;

function isFieldName(name: string): boolean {
  if (name.length === 0) return false;
  for (let i = 0; i < name.length; i++) if (nameOctets[name.charCodeAt(i)] !== 1) return false;
  return true;
}

/** RFC 9113 §8.2.1: octets, but no NUL, CR, LF, and no space or tab at either end. */
export function isFieldValue(value: string): boolean {
  const { length } = value;
  if (length === 0) return true;
  if (isBlank(value.charCodeAt(0)) || isBlank(value.charCodeAt(length - 1))) return false;
  for (let i = 0; i < length; i++) {
    const octet = value.charCodeAt(i);
    // Beyond one octet a char would lose its upper bits on the wire, and U+010A would become a line feed.
    if (octet === 0 || octet === 0x0a || octet === 0x0d || octet > 0xff) return false;
  }
  return true;
}

function isBlank(octet: number): boolean {
  return octet === 0x20 || octet === 0x09;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
