/** Times as loggers write them. A time without a zone is taken as UTC: only differences are ever used. */

const iso = /^\[?(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?/;
const clf = /\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))? ?([+-]\d{4})?\]/;
const syslog = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?/;
/** klog and glog: `E1121 12:00:01.123456`, without a year. */
const klog = /^[IWEF](\d{2})(\d{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{1,9})/;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Logs without a year get this one; differences within a year do not mind. */
const someYear = 2000;

/** The time that a line begins with (or, as web servers write it, holds in brackets), in Unix milliseconds. */
export function readTime(text: string): number | undefined {
  let found = iso.exec(text);
  if (found !== null) {
    const [, year, month, day, hour, minute, second, fraction, zone] = found;
    return utc(Number(year), Number(month) - 1, day, hour, minute, second, fraction) - zoneMs(zone);
  }
  found = syslog.exec(text);
  if (found !== null) {
    const [, month = "", day, hour, minute, second, fraction] = found;
    const index = months.indexOf(month);
    return index < 0 ? undefined : utc(someYear, index, day, hour, minute, second, fraction);
  }
  found = klog.exec(text);
  if (found !== null) {
    const [, month, day, hour, minute, second, fraction] = found;
    return utc(someYear, Number(month) - 1, day, hour, minute, second, fraction);
  }
  found = text.includes("[") ? clf.exec(text) : null;
  if (found === null) return undefined;
  const [, day, month = "", year, hour, minute, second, fraction, zone] = found;
  const index = months.indexOf(month);
  return index < 0 ? undefined : utc(Number(year), index, day, hour, minute, second, fraction) - zoneMs(zone);
}

/** A field of a record: a text, or since 1970 seconds (as zap writes them), milliseconds (pino), micro- or nanoseconds. */
export function readTimeField(value: unknown): number | undefined {
  if (typeof value === "string") return readTime(value);
  if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) return undefined;
  if (value < 1e11) return value * 1_000; // seconds until the year 5138; ms to s
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1e3 : value / 1e6; // µs, ns to ms
}

function utc(year: number, month: number, ...rest: readonly (string | undefined)[]): number {
  const [day, hour, minute, second, fraction = "0"] = rest;
  return (
    Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second)) + Number(`0.${fraction}`) * 1_000
  ); // s to ms
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const digits = zone.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000; // a minute
}
