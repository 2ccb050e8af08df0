/**
 * Takes from a line what was put around it on its way: colours, the prefixes of docker compose, journals and Kubernetes,
 * container JSON, the records of loggers. Owns one line; which lines belong together is `continues.ts`.
 */

import { readJsonObject, readPairs, recordOf, type LogRecord } from "./log-record.ts";
import type { LogLine } from "./log-line.ts";
import { readTime, readTimeField } from "./read-time.ts";
import { withoutEscapes } from "./plain-text.ts";

/** `shop-1  | …`, also with the dots and slashes of newer releases. */
const compose = /^([\w][\w./-]{0,80}?)\s{0,40}\| ?/;
/** `Nov 21 12:00:01 host unit[123]: …`, or with an ISO time as `journalctl -o short-iso` and rsyslog write it; a time in front of grpc-go's words is none. */
const journal =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d+)?|\d{4}-\d{2}-\d{2}T\S{8,30}) (?!rpc error: )([\w.-]{1,100}) ([\w./@:-]{1,100}?)(?:\[\d+\])?: /;
/** Kubernetes CRI: `2026-11-21T12:00:01.5Z stderr F …`. */
const cri = /^(\d{4}-\d{2}-\d{2}T\S{8,30}) std(?:out|err) [FP] /;
/** `kubectl logs --prefix`: `[pod/shop-1/shop] …`. */
const kubectl = /^\[(pod\/[\w./-]{1,200})\] /;
/** pytest marks the lines of an error with a letter, and leaves the indentation behind it. */
const pytest = /^E {3}(?= *\S)/;
/** Android's logcat: `07-22 09:54:45.649 W/System.err( 8546): …`, and as Android Studio shows it, `… 8546-8570/shop W/System.err: …`. */
const logcat =
  /^(?:(?:\d{4}-)?\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}:? +)?(?:(\d{1,7})-\d{1,7}\/\S{1,120} )?([VDIWEFA]\/[\w.$-]{1,60})(?: ?\( *(\d{1,7})\))?: /;
/** Time stamps that loggers put in front of text, and what may follow: level, thread, name. */
const stamp =
  /^\[?(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?|\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)\]?:?[ \t|]*/;

/** Layers are two or three deep in real life (compose around CRI around a record). */
const maxLayers = 4;

export function unwrapLine(raw: string): LogLine {
  let text = withoutEscapes(raw.endsWith("\r") ? raw.slice(0, -1) : raw).replace(/^\ufeff/, "");
  let source: string | undefined;
  let timeMs: number | undefined;
  for (let layer = 0; layer < maxLayers; layer++) {
    timeMs = readTime(text) ?? timeMs;
    const outer = wrapperOf(text);
    if (outer === undefined) break;
    if (outer.source !== undefined) source = outer.source;
    timeMs = outer.timeMs ?? timeMs;
    text = outer.text;
  }
  const record = recordIn(text);
  const time = record?.timeMs ?? timeMs;
  return {
    texts: record?.texts ?? [withoutStamp(text)],
    statuses: record?.statuses ?? [],
    begins: record !== undefined || stamp.test(text) || /^[IWEF]\d{4} \d{2}:/.test(text),
    ...(record === undefined ? {} : { record: text }),
    ...(source === undefined ? {} : { source }),
    ...(time === undefined ? {} : { timeMs: time }),
  };
}

interface Wrapper {
  readonly text: string;
  readonly source?: string;
  readonly timeMs?: number;
}

function wrapperOf(text: string): Wrapper | undefined {
  let found = kubectl.exec(text) ?? compose.exec(text);
  if (found !== null) return { text: text.slice(found[0].length), source: found[1] ?? "" };
  found = cri.exec(text);
  if (found !== null) return timed(text.slice(found[0].length), readTime(text));
  found = journal.exec(text);
  if (found !== null) return { text: text.slice(found[0].length), source: `${found[1] ?? ""} ${found[2] ?? ""}` };
  found = pytest.exec(text);
  if (found !== null) return { text: text.slice(found[0].length) };
  found = logcat.exec(text);
  if (found !== null)
    return { text: text.slice(found[0].length), source: `${found[2] ?? ""} ${found[1] ?? found[3] ?? ""}` };
  if (!text.startsWith("{")) return undefined;
  const object = text.includes('"log"') || text.includes('"MESSAGE"') ? readJsonObject(text) : undefined;
  const inner = object?.["log"] ?? object?.["MESSAGE"];
  if (object === undefined || typeof inner !== "string") return undefined;
  return timed(inner.replace(/\r?\n$/, ""), readTimeField(object["time"]));
}

function timed(text: string, timeMs: number | undefined): Wrapper {
  return timeMs === undefined ? { text } : { text, timeMs };
}

function recordIn(text: string): LogRecord | undefined {
  const at = text.indexOf("{");
  // zap's console encoder and winston write words first, then the fields as JSON. An indented line is part of a dump.
  const object = at < 0 || (at > 0 && /^\s/.test(text)) ? undefined : readJsonObject(text.slice(at));
  if (object === undefined || Object.keys(object).length === 0) {
    const pairs = text.includes("=") ? readPairs(text) : undefined;
    return pairs && recordOf(pairs);
  }
  const record = recordOf(object);
  const before = withoutStamp(text.slice(0, at)).trim();
  return before === "" ? record : { ...record, texts: [before, ...record.texts] };
}

function withoutStamp(text: string): string {
  return text.replace(stamp, "");
}
