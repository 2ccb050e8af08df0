/** HTTP/2 error codes as programs write them: by name, by number in a known place, with prefixes of nghttp2. */

/** By number, RFC 9113 §7. */
const names = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
];

/** Names that stand alone are proof, but CANCEL, CONNECT_ERROR and their like are words of many; those need a place. */
const named = new RegExp(
  String.raw`(?:NGHTTP2_|[Ee]rror code:? '?|ErrCode=|HTTP\/2 error code:? '?|goaway: code: |with error: |\bcode: |GOAWAY\(|RST_STREAM\()(${names.join("|")})\b`,
);
const alone =
  /\b(PROTOCOL_ERROR|FLOW_CONTROL_ERROR|REFUSED_STREAM|COMPRESSION_ERROR|ENHANCE_YOUR_CALM|HTTP_1_1_REQUIRED|INADEQUATE_SECURITY)\b/;
const numbered =
  /(?:RST_STREAM with (?:error )?code |[Ss]ession closed with error code |[Ss]tream closed with error code |Error code: |\berror code |errorCode: |rstCode[=: ]{1,2}|GOAWAY with code |GOAWAY code |\berror_code[=: ]{1,2}|goaway with error |request with error )(\d{1,2})\b/;

/** Undefined when the text has none that is sure to be one. A bare name or number is one. */
export function http2CodeOf(text: string): number | undefined {
  if (text === "") return undefined;
  if (/^\d{1,2}$/.test(text)) return Number(text) < names.length ? Number(text) : undefined;
  const bare = names.indexOf(text.replace(/^NGHTTP2_/, ""));
  if (bare >= 0) return bare;
  const name = named.exec(text)?.[1] ?? alone.exec(text)?.[1];
  if (name !== undefined) return names.indexOf(name);
  const number = numbered.exec(text)?.[1];
  return number === undefined || Number(number) >= names.length ? undefined : Number(number);
}
