/** Every bench by its name: `run` gives its rows; `about` stands above its table in docs/performance.md. */
import { agesClient, agesServer } from "./benches/ages.mjs";
import { alone } from "./benches/alone.mjs";
import { connectionsClient, connectionsServer } from "./benches/connections.mjs";
import { flightRecord } from "./benches/flight-record.mjs";
import { flow } from "./benches/flow.mjs";
import { gzip } from "./benches/gzip.mjs";
import { h2load } from "./benches/h2load.mjs";
import { large } from "./benches/large.mjs";
import { memory } from "./benches/memory.mjs";
import { streamingClient, streamingServer } from "./benches/streaming.mjs";
import { unaryClient, unaryServer } from "./benches/unary.mjs";
import { explain } from "./explain.mjs";

const few = { subjects: ["holdfast", "grpc-js", "limit"] };
const levels = [1, 10, 100, 1_000]; // calls in flight

function inFlight(make, bench) {
  return async (options) => {
    const rows = [];
    for (const level of levels) rows.push(...(await make(bench, "bytes", { ...few, inFlight: level })(options)));
    return rows;
  };
}

export const benches = {
  "unary-client": {
    about: "Unary calls with protobuf-es messages, against the canned raw server.",
    run: unaryClient("unary-client", "protobuf"),
  },
  "unary-server": {
    about: "Unary calls with protobuf-es messages, from the canned raw client.",
    run: unaryServer("unary-server", "protobuf"),
  },
  "unary-client-bytes": {
    about: "The same with bytes in and out.",
    run: unaryClient("unary-client-bytes", "bytes"),
  },
  "unary-server-bytes": {
    about: "The same with bytes in and out.",
    run: unaryServer("unary-server-bytes", "bytes"),
  },
  "unary-server-h2load": {
    about: "Bytes in and out, loaded by h2load, whose headers never change.",
    run: h2load,
  },
  "static-headers-client": {
    about: "Metadata that never changes.",
    run: unaryClient("static-headers-client", "bytes", { ...few, headers: "static" }),
  },
  "static-headers-server": {
    about: "Metadata that never changes.",
    run: unaryServer("static-headers-server", "bytes", { ...few, headers: "static" }),
  },
  "fresh-headers-client": {
    about: "Every answer enters a new value into the client's HPACK table: the worst for what remembers header blocks.",
    run: unaryClient("fresh-headers-client", "bytes", { ...few, headers: "fresh" }),
  },
  "fresh-headers-server": {
    about: "Every request enters three new values into the server's HPACK table.",
    run: unaryServer("fresh-headers-server", "bytes", { ...few, headers: "fresh" }),
  },
  "tls-client": {
    about: "Over TLS, with protobuf-es messages.",
    run: unaryClient("tls-client", "protobuf", { tls: true }),
  },
  "tls-server": {
    about: "Over TLS, with protobuf-es messages.",
    run: unaryServer("tls-server", "protobuf", { tls: true }),
  },
  "alone-client": {
    about: "One call at a time, with protobuf-es messages, and how long its caller waits.",
    run: alone,
  },
  "in-flight-client": {
    about: "Bytes in and out, by the number of calls in flight.",
    run: inFlight(unaryClient, "in-flight-client"),
  },
  "in-flight-server": {
    about: "Bytes in and out, by the number of calls in flight.",
    run: inFlight(unaryServer, "in-flight-server"),
  },
  "streaming-client": {
    about: "Server streaming of 10,000 small messages, decoded by protobuf-es: the reader.",
    run: streamingClient("streaming-client", "protobuf"),
  },
  "streaming-client-bytes": {
    about: "The same with bytes.",
    run: streamingClient("streaming-client-bytes", "bytes"),
  },
  "streaming-server": {
    about: "Server streaming of 10,000 small messages, encoded by protobuf-es: the sender.",
    run: streamingServer("streaming-server", "protobuf"),
  },
  "streaming-server-bytes": {
    about: "The same with bytes.",
    run: streamingServer("streaming-server-bytes", "bytes"),
  },
  "download-1mb": {
    about: "Answers of 1 MiB, one after the other: CPU of both ends. MB are millions of octets.",
    run: large("download-1mb", "fetch", 1),
  },
  "upload-1mb": {
    about: "Requests of 1 MiB, one after the other: CPU of both ends.",
    run: large("upload-1mb", "push", 1),
  },
  "download-64mb": {
    about: "Answers of 64 MiB.",
    run: large("download-64mb", "fetch", 64),
  },
  "upload-64mb": {
    about: "Requests of 64 MiB.",
    run: large("upload-64mb", "push", 64),
  },
  gzip: {
    about: "Bytes in and out, 4 KiB of text packed with gzip both ways: CPU of both ends.",
    run: gzip("gzip"),
  },
  "streams-ever-client": {
    about: "Whether a call costs the same on a connection that has opened many streams.",
    run: agesClient,
  },
  "streams-ever-server": {
    about: "The same at the server.",
    run: agesServer,
  },
  "connections-client": {
    about:
      "Whether a call costs the same in a process with many connections. From 100 on, each of the calls in flight has a packet of its own.",
    run: connectionsClient,
  },
  "connections-server": {
    about: "The same at the server.",
    run: connectionsServer,
  },
  flow: {
    about:
      "How much of a simulated link one warm call uses, either way. Virtual time: the same figures on any machine.",
    run: flow,
  },
  memory: {
    about: "Resident memory of a connection, idle and with one open stream: the slope between few and many of them.",
    run: memory,
  },
  "flight-record": {
    about: "The client with its flight record and without, alternated in one process.",
    run: flightRecord,
  },
  explain: {
    about: "`holdfast explain` on logs, beside GNU grep with the same literals.",
    run: explain,
  },
};
