/**
 * Makes src/health/health-pb.ts and src/reflection/reflection-pb.ts from the .proto files beside it. Needs buf, which is not
 * installed here because nothing else does: `npm exec --package @bufbuild/buf@1.75.0 -- node packages/grpc/proto/make.mjs`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const folder = import.meta.dirname;
const root = path.resolve(folder, "..", "..", "..");
const tool = (name) => path.join(root, "node_modules/.bin", name);
/** What the generator writes → what it is called here, where files are kebab-case and stand with what uses them. */
const targets = {
  "grpc/health/v1/health_pb.ts": "health/health-pb.ts",
  "grpc/reflection/v1/reflection_pb.ts": "reflection/reflection-pb.ts",
};

const made = mkdtempSync(path.join(os.tmpdir(), "holdfast-proto-"));
// Objects instead of enums: the code must erase to plain JavaScript.
const opt = ["target=ts", "erasable_syntax=true"];
const template = { version: "v2", plugins: [{ local: tool("protoc-gen-es"), out: made, opt }] };
execFileSync("buf", ["generate", "--template", JSON.stringify(template), folder], { cwd: folder, stdio: "inherit" });
for (const [from, to] of Object.entries(targets)) {
  const target = path.join(folder, "..", "src", to);
  // Looking and linted like the rest.
  writeFileSync(target, readFileSync(path.join(made, from), "utf8").replace("/* eslint-disable */\n", ""));
  execFileSync(tool("prettier"), ["--write", target], { stdio: "inherit" });
}
rmSync(made, { recursive: true });
