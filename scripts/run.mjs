/**
 * `node scripts/run.mjs NAME args…`: what every script of the root package.json goes through. Makes the checkout ready
 * (`set-up.mjs`), then runs the command of that name with the arguments passed on, and ends as it ended.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setUpOrExit } from "./set-up.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Name of the npm script → the file that Node runs, from the root, and its first arguments. */
const commands = {
  start: ["packages/holdfast/dist/main.js", "demo"],
  test: ["node_modules/vitest/vitest.mjs", "run", "--project", "unit"],
  peers: ["node_modules/vitest/vitest.mjs", "run", "--project", "peers"],
  build: [],
  check: ["scripts/check.mjs"],
  format: ["node_modules/prettier/bin/prettier.cjs", "--write", "."],
  matrix: ["scripts/matrix.mjs"],
  score: ["packages/lab/dist/score/main.js"],
  sim: ["packages/grpc/dist/sim/search/main.js"],
  bench: ["bench/main.mjs"],
};

const [name = "", ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  console.error(`run: no command "${name}"; there are ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}
await setUpOrExit();
const [file, ...first] = command;
if (file !== undefined) process.exitCode = await run(file, [...first, ...args]);

/** Runs one file to its end; the status is its own, or 128 + the signal that ended it, as a shell counts. */
function run(file, args) {
  if (!fs.existsSync(path.join(root, file))) {
    console.error(`run: ${name} is not built yet (${file} does not exist)`);
    return Promise.resolve(1);
  }
  const child = spawn(process.execPath, [path.join(root, file), ...args], { cwd: root, stdio: "inherit" });
  // Ctrl-C reaches the child by itself, the terminal sends it to the whole group; a signal to this process alone does not.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`run: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}
