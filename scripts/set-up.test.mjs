/**
 * The set-up in a checkout of its own: a copy of the script, an `npm` and a `tsc` that only note that they were run. What real
 * npm and tsc do is seen on every fresh clone.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), "set-up.mjs");

const fakeTsc = `
import fs from "node:fs";
fs.appendFileSync("ran", "tsc ");
fs.mkdirSync("packages/one/dist", { recursive: true });
process.exit(fs.existsSync("tsc-fails") ? 2 : 0);
`;
/** Takes long enough that two set-ups at once would both get here if nothing held them apart. */
const fakeNpm = `
import fs from "node:fs";
fs.appendFileSync("ran", "npm ");
if (fs.existsSync("npm-fails")) process.exit(1);
fs.mkdirSync("node_modules/.bin", { recursive: true });
fs.mkdirSync("node_modules/typescript/bin", { recursive: true });
await new Promise((resolve) => setTimeout(resolve, 100));
fs.writeFileSync("node_modules/typescript/bin/tsc", fs.readFileSync("fake-tsc.mjs"));
fs.writeFileSync("node_modules/package.json", '{ "type": "module" }');
`;

let checkout;
const at = (name) => path.join(checkout, name);
const write = (name, text) => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
};

beforeEach(() => {
  checkout = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-set-up-"));
  write("scripts/set-up.mjs", fs.readFileSync(script));
  write("package.json", '{ "type": "module", "engines": { "node": ">=20.19" } }');
  write("package-lock.json", "{}");
  write("tsconfig.json", "{}");
  write("tsconfig.base.json", "{}");
  write("packages/one/package.json", "{}");
  write("packages/one/tsconfig.json", "{}");
  write("packages/one/src/one.ts", "export const one = 1;");
  write("fake-npm/npm-cli.js", fakeNpm);
  write("fake-npm/package.json", '{ "type": "module" }');
  write("fake-tsc.mjs", fakeTsc);
});
afterEach(() => fs.rmSync(checkout, { recursive: true }));

/** Runs the set-up; `ran` is what it started since the last call. */
async function setUp(...args) {
  const { printed, ended } = startSetUp([], args);
  return { status: await ended, ...printed };
}

/** `printed` grows until `ended` settles with the exit status. */
function startSetUp(nodeArgs, args = []) {
  const env = { ...process.env, npm_execpath: at("fake-npm/npm-cli.js") };
  const child = spawn(process.execPath, [...nodeArgs, at("scripts/set-up.mjs"), ...args], { cwd: checkout, env });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (printed.stdout += data));
  child.stderr.on("data", (data) => (printed.stderr += data));
  return { printed, ended: new Promise((resolve) => child.on("close", resolve)) };
}

function ran() {
  const text = fs.existsSync(at("ran")) ? fs.readFileSync(at("ran"), "utf8") : "";
  fs.rmSync(at("ran"), { force: true });
  return text.trim();
}

describe("set-up", () => {
  it("installs and builds a fresh clone, says so on stderr alone, and then has nothing to do", async () => {
    const first = await setUp();
    expect(first).toMatchObject({ status: 0, stdout: "" });
    expect(first.stderr).toMatch(/no node_modules yet.*\n.*building/);
    expect(ran()).toBe("npm tsc");
    expect(await setUp()).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(ran()).toBe("");
  });

  it("builds again after a source changed, was added or went, and not after a test changed", async () => {
    await setUp();
    ran();
    for (const change of [
      () => write("packages/one/src/one.ts", "export const one = 1 + 1;"),
      () => write("packages/one/src/deep/two.ts", ""),
      () => fs.rmSync(at("packages/one/src/deep/two.ts")),
      () => fs.rmSync(at("packages/one/dist"), { recursive: true }),
    ]) {
      change();
      await setUp();
      expect(ran()).toBe("tsc");
    }
    write("packages/one/src/one.test.ts", "");
    await setUp();
    expect(ran()).toBe("");
  });

  describe("of a package that makes data from files of other kinds", () => {
    const program = (status) => `import fs from "node:fs"; fs.appendFileSync("ran", "data "); process.exit(${status});`;
    beforeEach(() => {
      write("packages/one/entries/a/b/en.yaml", "");
      write("packages/one/dist/build/main.js", program(0));
    });

    it("makes them after the compiler ran, and again when one of the files changed, was added or went", async () => {
      await setUp();
      expect(ran()).toBe("npm tsc data");
      for (const change of [
        () => write("packages/one/entries/a/b/en.yaml", "title: x"),
        () => write("packages/one/questions/q.yaml", ""),
        () => fs.rmSync(at("packages/one/entries"), { recursive: true }),
      ]) {
        change();
        await setUp();
        expect(ran()).toBe("tsc data");
        expect(await setUp()).toMatchObject({ status: 0, stderr: "" });
      }
    });

    it("fails when they cannot be made, and tries again next time", async () => {
      write("packages/one/dist/build/main.js", program(3));
      expect(await setUp()).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("The data of packages/one was not built (exit status 3)"),
      });
      ran();
      await setUp();
      expect(ran()).toBe("tsc data");
    });
  });

  it("installs again when the lockfile changed or node_modules went", async () => {
    await setUp();
    ran();
    write("package-lock.json", '{ "lockfileVersion": 3 }');
    expect((await setUp()).stderr).toContain("does not fit package-lock.json");
    expect(ran()).toBe("npm tsc"); // another compiler, perhaps
    fs.rmSync(at("node_modules"), { recursive: true });
    await setUp();
    expect(ran()).toBe("npm");
  });

  it("points npx at the launcher", async () => {
    await setUp();
    expect(fs.readlinkSync(at("node_modules/.bin/holdfast"))).toBe("../../bin/holdfast.mjs");
  });

  it("is done once when two commands are typed at once", async () => {
    const both = await Promise.all([setUp(), setUp()]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(ran()).toBe("npm tsc");
  });

  it("takes over from a set-up that died", async () => {
    const dead = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => dead.on("close", resolve));
    write(".holdfast/set-up.lock", String(dead.pid));
    expect(await setUp()).toMatchObject({ status: 0 });
    expect(ran()).toBe("npm tsc");
  });

  it("leaves the lock to whoever took it over first", async () => {
    const dead = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => dead.on("close", resolve));
    write(".holdfast/set-up.lock", String(dead.pid));
    // Between its look at the dead process and what it does about it, another one (this process) takes the lock over.
    write(
      "quicker.mjs",
      `import fs from "node:fs";
      const { kill } = process;
      process.kill = (...args) => {
        process.kill = kill;
        try {
          return kill.apply(process, args);
        } finally {
          fs.writeFileSync(".holdfast/set-up.lock", "${process.pid}");
        }
      };`,
    );
    const waiting = startSetUp(["--import", "./quicker.mjs"]);
    await vi.waitFor(() => expect(waiting.printed.stderr).toContain("waiting"), { timeout: 5_000 });
    expect(waiting.printed.stderr).toContain(`(process ${process.pid})`);
    expect(fs.readFileSync(at(".holdfast/set-up.lock"), "utf8")).toBe(String(process.pid));
    expect(ran()).toBe("");
    fs.rmSync(at(".holdfast/set-up.lock"));
    expect(await waiting.ended).toBe(0);
    expect(fs.readdirSync(at(".holdfast"))).toEqual(["build"]);
  });

  it("says what to look at when npm fails, builds nothing, and tries again next time", async () => {
    write("npm-fails", "");
    const failed = await setUp();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/npm ci failed \(exit status 1\).*network/);
    expect(failed.stderr).not.toMatch(/\n\s+at /); // no stack
    expect(ran()).toBe("npm");
    fs.rmSync(at("npm-fails"));
    expect((await setUp()).status).toBe(0);
  });

  it("fails when the build fails, and tries again next time", async () => {
    write("tsc-fails", "");
    expect(await setUp()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("The build failed (exit status 2)"),
    });
    expect((await setUp()).status).toBe(1);
  });

  it("names the floor to a Node below it", async () => {
    write("package.json", '{ "type": "module", "engines": { "node": ">=99.5" } }');
    const refused = await setUp();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`needs Node >=99.5, this is ${process.version}`);
    expect(ran()).toBe("");
  });

  it("takes note of an install by hand, and of none where nothing is installed", async () => {
    expect(await setUp("--installed")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(fs.existsSync(at("node_modules"))).toBe(false);
    await setUp();
    ran();
    write("package-lock.json", '{ "by": "hand" }');
    await setUp("--installed");
    await setUp();
    expect(ran()).toBe("tsc");
  });
});
