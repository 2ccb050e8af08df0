/**
 * `node scripts/run.mjs NAME args…`: what every script of the root package.json goes through. Makes the checkout ready
 * (`set-up.mjs`), then becomes the program of that name: it runs in this process, so signals and the exit status are its own.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setUpOrExit } from "./set-up.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Name of the npm script → the program, from the root, and its first arguments. `build` is the set-up and nothing else. */
const programs = {
  start: ["packages/holdfast/dist/main.js", "demo"],
  test: ["node_modules/vitest/vitest.mjs", "run", "--project", "unit"],
  peers: ["node_modules/vitest/vitest.mjs", "run", "--project", "peers"],
  // One file after the other: they measure time, and may write into one page.
  measured: [
    "node_modules/vitest/vitest.mjs",
    ...["run", "--project", "peers", "--no-file-parallelism", "packages/probe/test/peers/measured"],
  ],
  build: [],
  check: ["scripts/check.mjs"],
  catalog: ["packages/catalog/dist/build/gate/main.js"],
  format: ["node_modules/prettier/bin/prettier.cjs", "--write", "."],
  layers: ["scripts/layers.mjs"],
  matrix: ["scripts/matrix.mjs"],
  prove: ["packages/holdfast/dist/prove/all/main.js"],
  score: ["packages/lab/dist/score/main.js"],
  sim: ["packages/grpc/dist/sim/search/main.js"],
  fuzz: ["packages/lab/dist/fuzz/main.js"],
  abuse: ["packages/lab/dist/abuse/main.js"],
  planted: ["scripts/planted.mjs"],
  mutate: ["scripts/mutate/main.mjs"],
  bench: ["bench/main.mjs"],
  conformance: ["conformance/main.mjs"],
  profile: ["bench/profile.mjs"],
};

const [name = "", ...args] = process.argv.slice(2);
if (!Object.hasOwn(programs, name)) {
  console.error(`run: no program "${name}"; there are ${Object.keys(programs).join(", ")}`);
  process.exit(2);
}
await setUpOrExit();
const [file, ...first] = programs[name];
if (file !== undefined) await become(path.join(root, file), [...first, ...args]);

async function become(program, programArgs) {
  if (!fs.existsSync(program)) {
    console.error(`run: there is no ${path.relative(root, program)} to run`);
    process.exit(1);
  }
  process.chdir(root);
  process.argv = [process.execPath, program, ...programArgs];
  await import(pathToFileURL(program).href);
}
