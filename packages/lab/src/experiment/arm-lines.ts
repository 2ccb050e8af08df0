/** Owns how an arm's counts look in plain lines, for those who write experiments. */

import type { ArmResult } from "./run-experiment.ts";

export function armLines({ client, arm, run }: ArmResult): string {
  const head = `  ${client.padEnd(12)} ${arm.padEnd(28)} `;
  switch (run.kind) {
    case "skipped":
      return `${head}skipped: ${run.why}\n`;
    case "unsupported":
      return `${head}cannot set ${run.setting}: ${run.why}\n`;
    case "ran": {
      const { trials, survived, failed, executedTwice, neverSettled, broken, texts } = run.count;
      const codes = Object.entries(failed).map(([code, count]) => `${code} ${count}`);
      const parts = [
        `survived ${survived}/${trials}`,
        ...(codes.length === 0 ? [] : [`failed ${codes.join(", ")}`]),
        ...(executedTwice === 0 ? [] : [`executed twice ${executedTwice}`]),
        ...(neverSettled === 0 ? [] : [`never settled ${neverSettled}`]),
        ...(broken === 0 ? [] : [`broken ${broken}`]),
      ];
      const lines = [
        `${head}${parts.join(" · ")}`,
        ...texts.map(
          ({ text, count }) => `      ${String(count).padStart(3)} × ${text.replaceAll("\n", "\n            ")}`,
        ),
        ...run.notes.map((note) => `      note: ${note}`),
      ];
      return `${lines.join("\n")}\n`;
    }
  }
}
