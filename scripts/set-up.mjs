/**
 * Makes a checkout ready to run: installs the locked dependencies and compiles the packages, each only when it is missing
 * or stale, and says so in one line on stderr (stdout belongs to the command that follows). Plain JavaScript without
 * dependencies, because it runs before anything is installed.
 *
 * `node scripts/set-up.mjs --installed` only notes that node_modules fits the lockfile (the root's postinstall does that
 * after an install by hand).
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(root, ...parts);

/** Lives inside node_modules, so that removing the one removes the other. */
const installStamp = at("node_modules", ".holdfast-lockfile");
const buildStamp = at(".holdfast", "build");
const lockFile = at(".holdfast", "set-up.lock");

/** How often a waiting set-up looks whether the other one is through. */
const lockPollMs = 200;
/** A lock file without a pid is one being written right now, or one whose writer died doing so; this tells them apart. */
const lockWriteMs = 5_000; // generous: writing it takes microseconds

/** A set-up that cannot go on; its message is all that the user needs, so no stack is shown. */
export class SetUpError extends Error {}

/** Installs and builds what is missing or stale. Takes some ten milliseconds when nothing is. Throws `SetUpError`. */
export async function setUp() {
  requireNode();
  if (isInstalled() && isBuilt()) return;
  await withLock(async () => {
    // Loaded only here: most starts find nothing to do, and pay for everything that is loaded.
    const { spawnSync } = await import("node:child_process");
    if (!isInstalled()) install(spawnSync);
    if (!isBuilt()) build(spawnSync);
  });
}

/** Runs `setUp`; a failure is printed and ends the process with status 1. */
export async function setUpOrExit() {
  try {
    await setUp();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exit(1);
  }
}

/** The floor stands in package.json's `engines`; 20.19 is the first 20.x that can `require()` an ES module unflagged. */
function requireNode() {
  const { engines } = JSON.parse(fs.readFileSync(at("package.json"), "utf8"));
  const floor = engines.node.replace(">=", "").split(".").map(Number);
  const have = process.versions.node.split(".").map(Number);
  if (have[0] > floor[0] || (have[0] === floor[0] && have[1] >= floor[1])) return;
  throw new SetUpError(`Holdfast needs Node ${engines.node}, this is ${process.version} (${process.execPath}).`);
}

function isInstalled() {
  return readOrEmpty(installStamp) === lockfile();
}

function isBuilt() {
  const packages = fs.readdirSync(at("packages"));
  return (
    packages.every((name) => fs.existsSync(at("packages", name, "dist"))) && readOrEmpty(buildStamp) === sourceList()
  );
}

function install(spawnSync) {
  const why = fs.existsSync(at("node_modules")) ? "node_modules does not fit package-lock.json" : "no node_modules yet";
  say(`${why}: installing the locked dependencies (npm ci)`);
  // Install scripts of dependencies are not needed, so they do not run. Retries are short: no network should say so soon.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = npm(spawnSync, [...args, "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]);
  if (result.status !== 0) {
    throw new SetUpError(
      `npm ci failed (${outcome(result)}). The first run needs the npm registry: look at the network, at npm's proxy ` +
        "settings and at the lines above, then give the same command again.",
    );
  }
  noteInstalled();
}

/**
 * Leaves the stamp, and points `npx holdfast` at the launcher: npm links the package's compiled file, which would run
 * without the build being looked at.
 */
function noteInstalled() {
  const link = at("node_modules", ".bin", "holdfast");
  if (process.platform !== "win32" && fs.existsSync(path.dirname(link))) {
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.join("..", "..", "bin", "holdfast.mjs"), link);
  }
  fs.writeFileSync(installStamp, lockfile());
}

function build(spawnSync) {
  say("compiled files missing or older than the sources: building (tsc -b)");
  const sources = sourceList();
  const tsc = at("node_modules", "typescript", "bin", "tsc");
  const result = spawnSync(process.execPath, [tsc, "-b"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status !== 0)
    throw new SetUpError(`The build failed (${outcome(result)}); the compiler's words are above.`);
  for (const name of fs.readdirSync(at("packages"))) compileData(name, spawnSync);
  fs.writeFileSync(buildStamp, sources);
}

/** A package that makes data from files of other kinds (the catalog, from YAML) has a program for it. */
function compileData(name, spawnSync) {
  const program = at("packages", name, "dist", "build", "main.js");
  if (!fs.existsSync(program)) return;
  const result = spawnSync(process.execPath, [program], { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) throw new SetUpError(`The data of packages/${name} was not built (${outcome(result)}).`);
}

function npm(spawnSync, args) {
  // Inside `npm run` the path of npm's own script is given; it beats whatever `npm` the PATH would find.
  const script = process.env["npm_execpath"];
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  if (script !== undefined && /npm-cli\.c?js$/.test(script))
    return spawnSync(process.execPath, [script, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

function outcome(result) {
  if (result.error !== undefined) return result.error.message;
  return result.signal === null ? `exit status ${result.status}` : `ended by ${result.signal}`;
}

function lockfile() {
  return fs.readFileSync(at("package-lock.json"), "utf8");
}

/**
 * Names, sizes and times of everything that a build reads. Every start of the command does this: no file is opened, and
 * what is compared is the list itself, for to load a hash function takes longer.
 */
function sourceList() {
  const files = fs.readdirSync(at("packages")).flatMap((name) => {
    const folder = `packages/${name}`;
    return [`${folder}/package.json`, `${folder}/tsconfig.json`, ...buildSources(folder)];
  });
  const lines = ["package-lock.json", "tsconfig.base.json", "tsconfig.json", ...files].map((file) => {
    const { size, mtimeMs } = fs.statSync(`${root}/${file}`);
    return `${file} ${size} ${mtimeMs}\n`;
  });
  return lines.sort().join("");
}

/** What the compiler reads of a package, the files that are copied, and the YAML and results from which a package with data makes them. */
function buildSources(folder) {
  const code = [`${folder}/src`, `${folder}/experiments`].filter((name) => fs.existsSync(`${root}/${name}`));
  const sources = code.flatMap(filesBelow).filter((file) => /(?<!\.test)\.ts$|\.(?:css|svg)$/.test(file));
  const data = [`${folder}/entries`, `${folder}/questions`].filter((name) => fs.existsSync(`${root}/${name}`));
  return [...sources, ...data.flatMap(filesBelow).filter((file) => /\.yaml$|\/measured\.json$/.test(file))];
}

/** By hand: `readdirSync` with `recursive` takes ten times as long (Node 20), and `path.join` longer than the rest. */
function filesBelow(folder) {
  return fs.readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(name) : [name];
  });
}

/** Two commands typed at once must not install over each other: the second waits, then finds nothing left to do. */
async function withLock(work) {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true });
  let told = false;
  while (!tryLock(lockFile)) {
    if (!told) say(`waiting for another set-up of this checkout (process ${readOrEmpty(lockFile) || "starting"})`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, lockPollMs));
  }
  try {
    await work();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

function tryLock(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  // Two may find it abandoned at once. One of them inherits it, and looks again first: the other may have been quicker,
  // and then this is its lock.
  const heir = `${file}.heir`;
  if (isAbandoned(file) && tryLock(heir)) {
    if (isAbandoned(file)) fs.rmSync(file, { force: true });
    fs.rmSync(heir, { force: true });
  }
  return false;
}

function isAbandoned(file) {
  const pid = Number(readOrEmpty(file));
  if (pid === 0) {
    const made = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    return made !== undefined && Date.now() - made > lockWriteMs;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function readOrEmpty(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function say(line) {
  process.stderr.write(`holdfast set-up: ${line}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // `npx holdfast` in a fresh clone links the checkout into npm's cache and runs its postinstall with nothing installed.
  if (!process.argv.includes("--installed")) await setUpOrExit();
  else if (fs.existsSync(at("node_modules"))) noteInstalled();
}
