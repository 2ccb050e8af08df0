/**
 * Makes shop-pb.ts from shop.proto. Needs buf, which is not installed here because nothing else does:
 * `npm exec --package @bufbuild/buf@1.75.0 -- node packages/lab/src/shop/make.mjs`.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = import.meta.dirname;
const root = path.resolve(folder, "..", "..", "..", "..");
const tool = (name) => path.join(root, "node_modules/.bin", name);
const template = {
  version: "v2",
  plugins: [{ local: tool("protoc-gen-es"), out: folder, opt: ["target=ts"] }],
};
execFileSync("buf", ["generate", "--template", JSON.stringify(template), folder], { cwd: folder, stdio: "inherit" });

// Under a name of ours (files here are kebab-case), looking and linted like the rest.
const made = path.join(folder, "shop_pb.ts");
const target = path.join(folder, "shop-pb.ts");
writeFileSync(target, readFileSync(made, "utf8").replace("/* eslint-disable */\n", ""));
rmSync(made);
execFileSync(tool("prettier"), ["--write", target], { stdio: "inherit" });
