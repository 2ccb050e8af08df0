/**
 * Makes shop-pb.ts from shop.proto. Needs buf, which is not installed here because nothing else does:
 * `npm exec --package @bufbuild/buf@1.75.0 -- node packages/lab/src/shop/make.mjs`.
 */
import { execFileSync } from "node:child_process";
import { renameSync } from "node:fs";
import path from "node:path";

const folder = import.meta.dirname;
const root = path.resolve(folder, "..", "..", "..", "..");
const template = {
  version: "v2",
  plugins: [{ local: path.join(root, "node_modules/.bin/protoc-gen-es"), out: folder, opt: ["target=ts"] }],
};
execFileSync("buf", ["generate", "--template", JSON.stringify(template), folder], { cwd: folder, stdio: "inherit" });
// protoc-gen-es has its own idea of file names; files here are kebab-case.
renameSync(path.join(folder, "shop_pb.ts"), path.join(folder, "shop-pb.ts"));
