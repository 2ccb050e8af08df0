/**
 * h2spec, other people's list of cases against servers: built once by Go from the pinned modules beside this file, then run
 * against a server. It tests RFC 7540, so that two of its cases (5.3.1) ask for what RFC 9113 dropped.
 */
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const [, version] = /\/h2spec (v\S+)/.exec(fs.readFileSync(path.join(folder, "go.mod"), "utf8"));
const program = path.join(folder, "..", "..", ".holdfast", "h2spec", `h2spec-${version}`);

/** 5 min: the first build on a machine fetches and compiles the modules. */
const buildLimitMs = 300_000;
/** h2spec takes two seconds for a case without an answer; 145 of those are as long as it can take. */
const runLimitMs = 300_000;

/** Builds it if need be. Returns what stands in the way: no Go, or no modules to be had. */
export async function prepareH2spec() {
  if (fs.existsSync(program)) return undefined;
  const args = ["build", "-C", folder, "-mod=readonly", "-buildvcs=false", "-o", program];
  const { status, out } = await run("go", [...args, "github.com/summerwind/h2spec/cmd/h2spec"], buildLimitMs);
  return status === 0 ? undefined : `h2spec was not built: ${out.trim().split("\n").at(-1)}`;
}

/** Its version, and the results of its cases, in the order of its report. */
export async function runH2spec(port, { tls = false } = {}) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-h2spec-"));
  const report = path.join(scratch, "report.xml");
  try {
    const { out } = await run(program, ["-p", String(port), "-j", report, ...(tls ? ["-t", "-k"] : [])], runLimitMs);
    if (!fs.existsSync(report)) throw new Error(`h2spec left no report: ${out.slice(-500)}`);
    return { version, results: readReport(fs.readFileSync(report, "utf8")) };
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/** The cases of a JUnit report as h2spec writes it: one element each, with another inside for what went wrong. */
export function readReport(xml) {
  const seen = new Map();
  return [...xml.matchAll(/<testcase package="([^"]+)" classname="([^"]+)"[^>]*>([\s\S]*?)<\/testcase>/g)].map(
    ([, section, words, inside]) => {
      const number = (seen.get(section) ?? 0) + 1;
      seen.set(section, number);
      const fault =
        inside.trim() === ""
          ? undefined
          : inside
              .replaceAll(/<[^>]*>/g, "")
              .trim()
              .split("\n")
              .at(-1);
      return { id: `${section}/${number}`, words, fault };
    },
  );
}

function run(command, args, timeout) {
  return new Promise((resolve) => {
    execFile(command, args, { timeout, maxBuffer: 16 * 1_048_576 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : 1, out: `${stdout}${stderr}${error === null ? "" : error.message}` });
    });
  });
}
