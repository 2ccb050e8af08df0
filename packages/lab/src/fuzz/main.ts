/** `npm run fuzz`: searches for bytes that make the HTTP/2 engine break a promise. Ends with 1 when there are such bytes. */

import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { Fuzz } from "./fuzz.ts";
import { inputFromText, inputToText } from "./input.ts";
import { judge } from "./judge.ts";
import { keptRecordings, keptRegressions } from "./kept-inputs.ts";
import { type FuzzOptions, parseOptions } from "./options.ts";

/** Where findings are written: beside the builds, so that nothing of a search is committed by accident. */
const findingsFolder = path.resolve(".holdfast", "fuzz");
const progressEveryMs = 10_000;

function run(): number {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (options.kind !== "fuzz") {
    const isHelp = options.kind === "help";
    (isHelp ? process.stdout : process.stderr).write(options.text);
    return isHelp ? 0 : 2;
  }
  return options.replay.length > 0 ? replay(options.replay) : search(options);
}

function search({ forMs, seed, json }: FuzzOptions): number {
  const start = performance.now();
  const kept = [...keptRecordings(), ...keptRegressions()].map(({ input }) => input);
  const fuzz = new Fuzz(seed, kept);
  const cpu = process.cpuUsage();
  let nextNews = start + progressEveryMs;
  for (let now = start; now < start + forMs && !fuzz.isOver; now = performance.now()) {
    for (let i = 0; i < 20 && !fuzz.isOver; i++) fuzz.execute();
    if (now < nextNews || json) continue;
    nextNews = now + progressEveryMs;
    console.log(`${Math.round((now - start) / 1_000)} s: ${inNumbers(fuzz)}`);
  }
  const seconds = (performance.now() - start) / 1_000;
  const { user } = process.cpuUsage(cpu);
  const perByte = user / fuzz.bytes;
  const perSecond = Math.round(fuzz.executions / seconds);
  const findings = [...fuzz.findings.values()].map(({ what, input, count }, index) => {
    const file = path.join(findingsFolder, `finding-${seed}-${index + 1}.fuzz`);
    fs.mkdirSync(findingsFolder, { recursive: true });
    fs.writeFileSync(file, `# ${what.replaceAll("\n", "\n# ")}\n${inputToText(input)}`);
    return { what, count, file: path.relative(".", file), input: inputToText(input) };
  });
  if (json) {
    console.log(
      JSON.stringify({
        seed,
        seconds: +seconds.toFixed(1),
        executions: fuzz.executions,
        perSecond,
        bytes: fuzz.bytes,
        corpus: fuzz.corpusSize,
        features: fuzz.featureCount,
        findings,
      }),
    );
  } else {
    console.log(
      `seed ${seed}, ${seconds.toFixed(1)} s: ${inNumbers(fuzz)}, ${perSecond} a second, ${perByte.toFixed(2)} µs of CPU an octet, makers and checks included`,
    );
    for (const { what, count, file, input } of findings)
      console.log(`\nFOUND (${count} times) ${what}\n${input}\nnpm run fuzz -- --replay ${file}`);
    console.log(findings.length === 0 ? "nothing found" : `\n${findings.length} found`);
  }
  return findings.length === 0 ? 0 : 1;
}

function inNumbers({ executions, corpusSize, featureCount, findings }: Fuzz): string {
  return `${executions} executions, corpus of ${corpusSize}, ${featureCount} features, ${findings.size} findings`;
}

function replay(files: readonly string[]): number {
  let exit = 0;
  for (const file of files) {
    try {
      const judgement = judge(inputFromText(fs.readFileSync(file, "utf8")), 1);
      if (judgement.kind === "sound") {
        console.log(`${file}: sound\n${judgement.outcome.heard.map((line) => `  ${line}`).join("\n")}`);
        continue;
      }
      console.log(`${file}: FOUND ${judgement.what}`);
      exit = Math.max(exit, 1);
    } catch (error) {
      console.error(`fuzz: ${file}: ${error instanceof Error ? error.message : String(error)}`);
      exit = 2;
    }
  }
  return exit;
}

process.exitCode = run();
