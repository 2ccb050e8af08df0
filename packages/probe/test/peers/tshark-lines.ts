/** A capture in tshark's words, one line a frame, by connection and direction. Shares no code with what it is compared to. */
import { spawnSync } from "node:child_process";

type Tree = { readonly [name: string]: string | Tree | readonly (string | Tree)[] };

/** By `PORT to PORT`. */
export function tsharkLines(file: string, ports: readonly number[]): Map<string, string[]> {
  const decodeAs = ports.flatMap((port) => ["-d", `tcp.port==${port},http2`]);
  // The dissector of gRPC bodies in tshark 4.0 trips over long streams, and then frames behind it are missing.
  const args = [
    "-r",
    file,
    ...decodeAs,
    "--disable-protocol",
    "grpc",
    "-Y",
    "http2",
    "-T",
    "json",
    "--no-duplicate-keys",
    "-J",
    "http2 tcp",
  ];
  const { status, stdout, stderr } = spawnSync("tshark", args, { encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`tshark: ${stderr}`);
  const lines = new Map<string, string[]>();
  for (const packet of JSON.parse(stdout) as { readonly _source: { readonly layers: Tree } }[]) {
    const { layers } = packet._source;
    const tcp = layers["tcp"] as Tree;
    const way = `${text(tcp, "tcp.srcport")} to ${text(tcp, "tcp.dstport")}`;
    const frames = lines.get(way) ?? [];
    lines.set(way, frames);
    for (const part of listOf(layers["http2"])) {
      for (const stream of listOf(part["http2.stream"])) {
        if (stream["http2.type"] !== undefined) frames.push(lineOf(stream));
      }
    }
  }
  return lines;
}

const types = [
  "DATA",
  "HEADERS",
  "PRIORITY",
  "RST_STREAM",
  "SETTINGS",
  "PUSH_PROMISE",
  "PING",
  "GOAWAY",
  "WINDOW_UPDATE",
];
/** RFC 9113 §7. */
const codes = [
  ...["NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED"],
  ...["FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM"],
];
const settings: Readonly<Record<string, string>> = {
  1: "HEADER_TABLE_SIZE",
  2: "ENABLE_PUSH",
  3: "MAX_CONCURRENT_STREAMS",
  4: "INITIAL_WINDOW_SIZE",
  5: "MAX_FRAME_SIZE",
  6: "MAX_HEADER_LIST_SIZE",
  65027: "GRPC_ALLOW_TRUE_BINARY_METADATA",
};

function lineOf(frame: Tree): string {
  const type = types[Number(text(frame, "http2.type"))] ?? "";
  const [flags, stream] = [Number(text(frame, "http2.flags")), text(frame, "http2.streamid")];
  return `${type} flags=${flags} stream=${stream} length=${text(frame, "http2.length")} ${wordsOf(type, frame)}`;
}

function wordsOf(type: string, frame: Tree): string {
  switch (type) {
    case "DATA":
      return `pad=${text(frame, "http2.pad_length")}`;
    case "HEADERS": {
      const weight = frame["http2.headers.real_weight"];
      const priority =
        weight === undefined ? "" : ` weight=${String(weight)} under=${text(frame, "http2.stream_dependency")}`;
      const fields = listOf(frame["http2.header"]).map(
        (field) => `${text(field, "http2.header.name")}=${text(field, "http2.header.value")}`,
      );
      return `pad=${text(frame, "http2.pad_length")}${priority} ${fields.join("|")}`;
    }
    case "SETTINGS":
      return listOf(frame["http2.settings"]).map(settingText).join("|");
    case "PING":
      return octets(frame["http2.ping"] ?? frame["http2.pong"]);
    case "GOAWAY": {
      const debug = Buffer.from(octets(frame["http2.goaway.addata"] ?? ""), "hex").toString("utf8");
      const code = codes[Number(text(frame, "http2.goaway.error"))] ?? "";
      return `${code} last=${text(frame, "http2.goaway.last_stream_id")} ${debug}`;
    }
    case "RST_STREAM":
      return codes[Number(text(frame, "http2.rst_stream.error"))] ?? "";
    case "WINDOW_UPDATE":
      return text(frame, "http2.window_update.window_size_increment");
    default:
      return "";
  }
}

/** The value's name depends on the setting's. */
function settingText(setting: Tree): string {
  const id = text(setting, "http2.settings.id");
  const value = Object.entries(setting).find(([name]) => name !== "http2.settings.id")?.[1];
  return `${settings[id] ?? id}=${String(value)}`;
}

/** `61:62` is `6162`. */
function octets(value: Tree[string] | undefined): string {
  return String(value ?? "").replaceAll(":", "");
}

function text(tree: Tree, name: string): string {
  const value = tree[name];
  return typeof value === "string" ? value : "";
}

/** One of a kind stands alone, several in a list. */
function listOf(value: Tree[string] | undefined): readonly Tree[] {
  const all =
    value === undefined ? [] : Array.isArray(value) ? (value as readonly (string | Tree)[]) : [value as string | Tree];
  return all.filter((each): each is Tree => typeof each === "object");
}
