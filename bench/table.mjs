/** Rows of one bench as a Markdown table: a column for each key that a row has and that is not the same everywhere. */

const words = {
  // Of flow.
  receiver: "to the",
  roundTripMs: "round trip, ms",
  linkMegabits: "link, Mbit/s",
  megabitsPerSecond: "one call, Mbit/s",
  share: "of what link and window allow",
  // Of memory, in part.
  role: "side",
  subject: "subject",
  streams: "streams on each",
  inFlight: "in flight",
  messageMiB: "MiB a message",
  streamsBefore: "streams before",
  connections: "connections",
  cpuMicrosPerCall: "CPU µs per call",
  cpuMicrosPerMessage: "CPU µs per message",
  cpuMicrosPerMb: "CPU µs per MB",
  range: "range",
  callsPerSecond: "calls/s",
  messagesPerSecond: "messages/s",
  mbPerSecond: "MB/s",
  p50Micros: "p50 µs",
  p99Micros: "p99 µs",
  rssKib: "RSS, KiB a connection",
  ofGrpcJs: "of grpc-js",
  heapKib: "heapUsed + external, KiB",
  heapOfGrpcJs: "of grpc-js",
  ofLimit: "of limit",
  ofRaw: "of raw",
  ofCopyingRaw: "of raw, copying",
  pairs: "pairs",
  onMicrosPerCall: "CPU µs per call with it",
  offMicrosPerCall: "without it",
  costPercent: "cost in %",
  interval95: "95 % interval",
  // Of explain.
  cpuMs: "CPU ms",
  megabytesPerSecond: "MB/s of CPU",
  ratio: "ratio",
  to: "to",
  lines: "lines",
  peakMib: "peak MiB",
};

export function table(rows) {
  const keys = Object.keys(words).filter((key) => rows.some((row) => row[key] !== undefined));
  const lines = rows.map((row) => keys.map((key) => cell(row[key])));
  const columns = [keys.map((key) => words[key]), keys.map(() => "---"), ...lines];
  return columns.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(value) {
  return Array.isArray(value) ? value.join(" to ") : (value ?? "");
}
