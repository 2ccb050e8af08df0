/**
 * `node packages/lab/dist/experiment/main.js ID…`: runs experiments as their authors do, and prints what was counted, with
 * the texts. Does not judge, publish or compare: that is `npm run prove`.
 */

import { parseArgs } from "node:util";
import type { ClientId } from "./experiment.ts";
import { clientIds } from "./experiment.ts";
import { experimentIds, loadExperiment } from "./load-experiment.ts";
import { armLines } from "./arm-lines.ts";
import { runExperiment } from "./run-experiment.ts";

const usage = `usage: node packages/lab/dist/experiment/main.js ID… [--trials N] [--clients a,b] [--treatments a,b] [--seed N] [--frames]
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: "string" },
    clients: { type: "string" },
    treatments: { type: "string" },
    seed: { type: "string", default: "1" },
    frames: { type: "boolean" },
  },
});
if (positionals.length === 0) {
  process.stderr.write(`${usage}experiments: ${experimentIds().join(" ")}\n`);
  process.exitCode = 2;
}
for (const id of positionals) await run(id);

async function run(id: string): Promise<void> {
  const experiment = await loadExperiment(id);
  if (experiment === undefined) {
    process.stderr.write(`there is no experiment ${id}\n`);
    process.exitCode = 2;
    return;
  }
  const clients = values.clients?.split(",");
  const unknown = clients?.find((client) => !(clientIds as readonly string[]).includes(client));
  if (unknown !== undefined) {
    process.stderr.write(`there is no client ${unknown}; there are ${clientIds.join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  process.stdout.write(`${id}: ${experiment.says}\n`);
  const result = await runExperiment(experiment, {
    seed: Number(values.seed),
    ...(values.trials === undefined ? {} : { trials: Number(values.trials) }),
    ...(clients === undefined ? {} : { clients: clients as ClientId[] }),
    ...(values.treatments === undefined ? {} : { treatments: values.treatments.split(",") }),
    onProgress: (progress) => {
      if (progress.kind !== "arm-ended") return;
      process.stdout.write(armLines(progress));
      if (values.frames !== true || progress.run.kind !== "ran") return;
      for (const { atMs, connection, from, frame } of progress.run.frames)
        process.stdout.write(`      ${atMs} ms #${connection} ${from === "client" ? ">" : "<"} ${frame}\n`);
    },
  });
  for (const { client, why } of result.skipped) process.stdout.write(`  ${client}: skipped: ${why}\n`);
  for (const client of result.stopped)
    process.stdout.write(`  ${client}: not reproduced; its treatments were not run\n`);
}
