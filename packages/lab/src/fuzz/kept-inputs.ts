/** The inputs that the repository keeps: recordings of real peers, and what was found before. */

import fs from "node:fs";
import { type FuzzInput, type FuzzStep, inputFromText } from "./input.ts";
import { stepsOfFrames } from "./make/mutate.ts";

/** `NAME.client.hex`: what a client sent, so what a server hears; `NAME.server.hex` the other way round. */
const recordings = new URL("../../test/fuzz/recordings/", import.meta.url);
const regressions = new URL("../../test/fuzz/regressions/", import.meta.url);

/** More than any recording has. */
const mostStreams = 10;

export interface KeptInput {
  readonly name: string;
  readonly input: FuzzInput;
}

export function keptRecordings(): readonly KeptInput[] {
  return filesIn(recordings, ".hex").map(([name, text]) => {
    const from = name.endsWith(".client.hex") ? "client" : "server";
    const bytes = Buffer.from(text.replace(/\s/g, ""), "hex");
    const steps = stepsOfFrames(bytes, from);
    if (from === "client") return { name, input: { role: "server", steps } };
    // What a server says is answers: the client must have asked, and may do so once it has heard SETTINGS.
    const asks = Array.from({ length: mostStreams }, (): FuzzStep => ({ kind: "act", act: "request" }));
    return { name, input: { role: "client", steps: [...steps.slice(0, 1), ...asks, ...steps.slice(1)] } };
  });
}

export function keptRegressions(): readonly KeptInput[] {
  return filesIn(regressions, ".fuzz").map(([name, text]) => ({ name, input: inputFromText(text) }));
}

function filesIn(folder: URL, ending: string): readonly (readonly [name: string, text: string])[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => [name, fs.readFileSync(new URL(name, folder), "utf8")] as const);
}
