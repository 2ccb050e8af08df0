/**
 * `npm run conformance [-- --subject holdfast,node:http2 --section 6.9 --json --no-h2spec]`: our list of cases, against our
 * server and client and against others, and h2spec against the servers where Go is had. Fails for our own failures that are not
 * in known-failing.txt, and for lines of that file that are true no more; what others fail is printed.
 */
import fs from "node:fs";
import { parseArgs } from "node:util";
import { createCertificate } from "@holdfast/lab";
import { writeCounts } from "../scripts/ci/counts.mjs";
import { prepareH2spec, runH2spec } from "./h2spec/h2spec.mjs";
import { judge, readKnownFailing } from "./known-failing.mjs";
import { printH2spec, printResults } from "./report/print-results.mjs";
import { lists, rolesOf, runList } from "./run-list.mjs";
import { subjects } from "./subjects/subjects.mjs";

const options = readOptions();
const required = process.env["HOLDFAST_PEERS"] === "required";
const skipped = [];
const faults = [];

const results = [];
for (const subject of options.subjects) {
  if (subject.isThere?.() === false) {
    skip(`${subject.name} is not installed`);
    continue;
  }
  for (const role of rolesOf(subject)) results.push(...(await runList(subject, role, options.wantsSection)));
}
const h2specRuns = options.h2spec ? await h2specOfAll() : [];

const isOurs = ({ subject }) => subjects.some(({ name, ours }) => ours && name === subject);
const ours = [
  ...results.filter(isOurs),
  ...h2specRuns
    .filter(isOurs)
    .flatMap((run) => run.results.map((result) => ({ ...result, id: `h2spec ${result.id}` }))),
];
const known = readKnownFailing(fs.readFileSync(new URL("known-failing.txt", import.meta.url), "utf8"));
const isWhole = options.whole && options.subjects.some((subject) => subject.ours);
faults.push(...judge(ours, known, (id) => isWhole && (!id.startsWith("h2spec ") || h2specRuns.some(isOurs))));

tell();

async function h2specOfAll() {
  const trouble = await prepareH2spec();
  if (trouble !== undefined) {
    skip(trouble);
    return [];
  }
  const runs = [];
  for (const { name, startServer } of options.subjects.filter(({ h2spec }) => h2spec)) {
    for (const how of ["plain", "TLS"]) {
      const server = await startServer(how === "TLS" ? { certificate: createCertificate() } : {});
      runs.push({ subject: name, how, ...(await runH2spec(server.port, { tls: how === "TLS" })) });
      await server.stop();
    }
  }
  return runs;
}

/** CI asks for all: there, what is absent is a failure. */
function skip(why) {
  skipped.push(why);
  if (required) faults.push(why);
}

function tell() {
  if (options.json) {
    for (const result of results) console.log(JSON.stringify({ ...result, passed: result.fault === undefined }));
    for (const { subject, how, results: cases } of h2specRuns)
      for (const one of cases)
        console.log(JSON.stringify({ ...one, list: "h2spec", subject, how, passed: one.fault === undefined }));
  } else {
    printResults(results);
    printH2spec(h2specRuns);
    for (const why of skipped) console.log(`skipped: ${why}`);
    for (const fault of faults) console.log(`FAILED ${fault}`);
    console.log(faults.length === 0 ? "conformance: as it should be" : `conformance: ${faults.length} wrong`);
  }
  writeCounts(process.env["HOLDFAST_COUNTS"], {
    passed: ours.filter(({ fault }) => fault === undefined).length,
    ...{ failed: faults.length, skipped, failures: faults },
  });
  // Sockets of clients on trial may still linger; their cases are over.
  process.exit(faults.length === 0 ? 0 : 1);
}

function readOptions() {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  try {
    const { values } = parseArgs({ options: { subject: text, section: text, json: flag, "no-h2spec": flag } });
    const names = values.subject?.split(",") ?? subjects.map(({ name }) => name);
    const sections = values.section?.split(",");
    const every = Object.values(lists).flatMap((list) => list.map(({ section }) => section));
    oneOf(
      "subject",
      names,
      subjects.map(({ name }) => name),
    );
    oneOf("section", sections ?? [], [...new Set(every)]);
    return {
      subjects: subjects.filter(({ name }) => names.includes(name)),
      wantsSection: (section) => sections === undefined || sections.includes(section),
      json: values.json,
      // A section of our list says nothing about h2spec's.
      h2spec: !values["no-h2spec"] && sections === undefined,
      whole: sections === undefined,
    };
  } catch (error) {
    console.error(`conformance: ${error.message}`);
    process.exit(2);
  }
}

function oneOf(what, given, known) {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`no ${what} "${unknown}"; there are ${known.join(", ")}`);
}
