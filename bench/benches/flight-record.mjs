/**
 * What the flight record costs: our client with it and without it, alternated inside one process, 20 pairs of
 * twelve turns. The engine has
 * no switch for it; the one without is a copy of the compiled library whose record notes nothing.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { interval, median, rounded } from "../medians.mjs";
import { runClient, startServer } from "../processes.mjs";
import { rawServer } from "./unary.mjs";

const library = fileURLToPath(new URL("../../packages/grpc/dist", import.meta.url));
const copy = fileURLToPath(new URL("../../.holdfast/bench/without-record", import.meta.url));
const pairs = 20; // what `interval` is made for
const turns = 12; // of a pair: six with it, six without
const callsOfTurn = 5_000; // some 50 ms: shorter than most disturbances

export async function flightRecord({ inFlight }) {
  copyWithoutRecord();
  const server = await startServer(rawServer());
  try {
    const options = { port: server.port, without: copy, pairs, turns, calls: callsOfTurn, inFlight };
    const { on, off } = await runClient(["./subjects/run-flight-record.mjs", JSON.stringify(options)]);
    const percent = interval(on.map((cost, i) => (cost / off[i] - 1) * 100)); // a share as percent
    return [
      {
        bench: "flight-record",
        inFlight,
        subject: "holdfast",
        pairs,
        onMicrosPerCall: rounded(median(on)),
        offMicrosPerCall: rounded(median(off)),
        costPercent: rounded(percent.mean),
        interval95: [rounded(percent.low), rounded(percent.high)],
      },
    ];
  } finally {
    await server.stop();
  }
}

/** A copy with the one line that writes a note taken out of the way. */
function copyWithoutRecord() {
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(library, copy, { recursive: true, filter: (source) => !/\.(?:map|d\.ts)$/.test(source) });
  const file = path.join(copy, "http2", "flight-record.js");
  const text = fs.readFileSync(file, "utf8");
  const method = /^ {4}(received|sent)\((.*)\) \{\n[^}]*\}/gm;
  const silenced = text.replaceAll(method, "    $1() {}");
  if ((silenced.match(/\(\) \{\}/g) ?? []).length < 2)
    throw new Error("the flight record has another shape than expected");
  fs.writeFileSync(file, silenced);
}
