/**
 * Errors of sockets by the numbers and names that runtimes print in place of words: `(os error 111)`, `[Errno 54]`,
 * `errno = 61`, `WSAETIMEDOUT`, `{error,econnrefused}`, `ConnectionRefused`. Owns the numbers of Linux, of Apple's and the
 * BSDs and of Windows; each is enough to name the cause where the text is about gRPC.
 */

import {
  clientChannelClosedLocally,
  clientDeadlineExceeded,
  connectNameNotFound,
  connectRefused,
  connectSettingsHang,
  http2PeerViolation,
  http2RstProtocolError,
  serverResourceExhausted,
  tcpFinInflight,
  tcpResetInflight,
  tcpResetOnStaleIdleConnection,
} from "./entry-ids.ts";
import type { CausePhrase } from "./cause-phrases.ts";

/** Where a number is one of the system: Rust, Python, Dart, Go, Swift, Java, C-core, PHP, libuv; not any number. */
const frame = String.raw`(?:os error|errno|os_error|oserror|sockerr|wsa ?error|nsposixerrordomain(?: code|\W{1,3}code)?|system error|os \{ code|errorcode|socket error|getsockopt error|kcferrordomaincfnetwork|winerror)["']?\s?[:=#(]{0,2}\s?-?`;
/** Apple's pair of a domain and a number in it, as its logs print it: domain 1 is the system's. */
const applePair = (numbers: string): string => String.raw`\[1:(?:${numbers})\]`;

const byNumber = (numbers: string, names: string): RegExp =>
  new RegExp(String.raw`${frame}(?:${numbers})(?!\w)|${applePair(numbers)}|(?<![a-z])(?:wsa)?(?:${names})(?![a-z])`);

/** In lower case, as `CausePhrase` wants it. */
export const errorNumbers: readonly CausePhrase[] = [
  [
    [connectRefused],
    byNumber(
      "111|61|10061|113|65|10065|101|51|10051|99|49|10049|1225|1231|1232",
      "econnrefused|ehostunreach|enetunreach|enetdown|ehostdown|eaddrnotavail",
    ),
  ],
  [[connectSettingsHang, clientDeadlineExceeded], byNumber("110|60|10060|121", "etimedout")],
  [
    [tcpResetInflight, tcpResetOnStaleIdleConnection],
    byNumber("104|54|10054|32|103|53|10053|1236", "econnreset|econnaborted|epipe|enetreset"),
  ],
  [[tcpFinInflight, clientChannelClosedLocally], byNumber("107|57|10057|108|58|10058|9", "enotconn|eshutdown|ebadf")],
  [[connectNameNotFound], byNumber("11001|11002|11003|11004", "enotfound|eai_\\w{4,9}|nxdomain|host_not_found")],
  [["server/bind-failed"], byNumber("98|48|10048", "eaddrinuse")],
  [[serverResourceExhausted], byNumber("24|23|10024|105|55|10055|12", "emfile|enfile|enobufs|enomem")],
  // Only HTTP/2 has Apple's loader say so.
  [[http2PeerViolation, http2RstProtocolError], byNumber("100|71", "eproto")],
];
