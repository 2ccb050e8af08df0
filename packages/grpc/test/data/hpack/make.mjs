/**
 * Writes the stories in this folder: header lists as gRPC and plain HTTP/2 peers send them, each encoded by others' HPACK
 * encoders, so that our decoder is tested by blocks that we did not make. Runs by hand:
 *
 *   node packages/grpc/test/data/hpack/make.mjs
 *
 * Needs Python 3 with the package `hpack` 4.2 (`PYTHON=/path/to/venv/bin/python` chooses which), Go 1.24 (it fetches
 * golang.org/x/net by encoders/go/go.mod), and Node, whose own encoder is nghttp2's. The lists follow from a fixed seed;
 * the blocks change only with the encoders' versions.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodeWithNode } from "./encoders/node-http2.mjs";
import { stories } from "./lists.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

function encodeWithPython(story) {
  return lines(process.env.PYTHON ?? "python3", [here("encoders/python/encode.py")], story, here("."));
}

function encodeWithGo(story) {
  return lines("go", ["run", "."], story, here("encoders/go"));
}

function lines(command, parameters, story, cwd) {
  return execFileSync(command, parameters, { cwd, input: JSON.stringify(story), encoding: "utf8" }).trimEnd().split("\n");
}

for (const story of stories) {
  const wires = { "python-hpack": encodeWithPython(story), "python-hpack-plain": encodeWithPython({ ...story, huffman: false }) };
  wires["go-hpack"] = encodeWithGo(story);
  if (story.requests) wires["node-http2"] = await encodeWithNode(story);
  const cases = story.cases.map((each, i) => ({
    ...each,
    wire: Object.fromEntries(Object.entries(wires).map(([encoder, blocks]) => [encoder, blocks[i]])),
  }));
  const body = cases.map((each) => JSON.stringify(each)).join(",\n");
  const { name, description } = story;
  const file = `{"description":${JSON.stringify(description)},"cases":[\n${body}\n]}\n`;
  writeFileSync(here(`${name}.json`), file);
  console.log(`${name}: ${cases.length} lists, ${Object.keys(wires).join(", ")}, ${file.length} bytes`);
}
