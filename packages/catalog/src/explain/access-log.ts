/**
 * Response flags in access logs whose operators chose separators and names of fields themselves: a flag counts where it
 * stands right behind an HTTP status, or in a field named for flags beside one. Formats that are usual are signatures.
 */

/** By flag, as Envoy's manual lists them under `%RESPONSE_FLAGS%`: what it means for a call. */
const entryOfFlag: Readonly<Record<string, string>> = {
  UC: "envoy/upstream-connection-termination",
  UF: "envoy/no-usable-upstream",
  UH: "envoy/no-usable-upstream",
  UO: "envoy/no-usable-upstream",
  NC: "envoy/no-usable-upstream",
  NR: "envoy/no-usable-upstream",
  LR: "envoy/no-usable-upstream",
  UT: "envoy/route-timeout",
  UMSDR: "envoy/route-timeout",
  UR: "envoy/remote-reset",
  UPE: "envoy/remote-reset",
  SI: "envoy/stream-idle-timeout",
  DT: "envoy/connection-duration-drain",
  DC: "client/cancel-or-deadline-seen-by-server",
  DPE: "http2/peer-violation",
  OM: "server/resource-exhausted",
  // Retries were used up; stands beside the flag that says on what, and alone means connections that failed.
  URX: "envoy/no-usable-upstream",
};

const flags = String.raw`((?:${Object.keys(entryOfFlag).join("|")})(?:,[A-Z]{2,5}){0,4})(?![\w.:/=-])`;
/** 0 is what Envoy logs when the client left before there was an answer. */
const status = String.raw`(?<![\w.-])(?:0|[2-5]\d\d)`;

/** `503|UF|`, `"status":503,"flag":"UF"`, `[503] [UF]`, `503 UF`. */
const behindStatus = new RegExp(
  String.raw`${status}["'\])]?[\s|;,[\]]{1,4}["'[]?(?:\w{1,30}["']?[:=] ?["'[]?)?${flags}`,
);
/** `resp_flags=UF` wherever the status stands. */
const namedField = new RegExp(String.raw`(?:[Ff]lags?|\brf)["']?(?:[:=] ?| )["'\x60[(]?${flags}`);
const anyStatus = new RegExp(String.raw`${status}(?![\w.:-])`);

/**
 * Envoy's default format from the request to the flags, whatever stands in front, its names for why an answer failed, a
 * cluster's name as Istio makes it, or either of their names: no other program writes these beside a flag.
 */
const envoysOwn = new RegExp(
  String.raw`"[A-Z]{3,8} [^"\s]{1,2000} HTTP\/[\d.]{1,3}" (?:0|[2-5]\d\d) ${flags}|` +
    String.raw`\bupstream_reset_(?:before|after)_response_started\b|\bresponse_?[Ff]lags?["']?[:=]|\b(?:[Ee]nvoy|[Ii]stio)\b|` +
    String.raw`\b(?:out|in)bound\|\d{1,5}\|[\w.-]{0,100}\|`,
);

/** Whether Envoy wrote the line, so that it needs no other word of gRPC or HTTP/2: its flags speak of the hop behind it. */
export function isEnvoysAccessLog(text: string): boolean {
  return envoysOwn.test(text);
}

/** Id of the entry that the flags of an access log's line name; undefined when the text is none. */
export function entryOfAccessLog(text: string): string | undefined {
  const found = behindStatus.exec(text) ?? (anyStatus.test(text) ? namedField.exec(text) : null);
  const named = found?.[1]?.split(",").filter((flag) => entryOfFlag[flag] !== undefined) ?? [];
  return entryOfFlag[named.find((flag) => flag !== "URX") ?? named[0] ?? ""];
}
