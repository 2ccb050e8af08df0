/** Owns the table as Markdown: a section for each abuse, a row for each server. */

import type { Abuse } from "./abuses.ts";
import type { AbuseRow } from "./run-abuse.ts";

const head = [
  "server",
  "what the peer is told",
  "peak MiB (before)",
  "CPU ns per octet: attack / honest",
  "honest calls answered (slowest)",
];

export function renderSections(abuses: readonly Abuse[], rows: readonly AbuseRow[]): string {
  return abuses
    .map((abuse) =>
      renderSection(
        abuse,
        rows.filter((row) => row.abuse === abuse.name),
      ),
    )
    .join("\n");
}

function renderSection(abuse: Abuse, rows: readonly AbuseRow[]): string {
  const limits = abuse.limits.map((limit) => `\`${limit}\``).join(", ");
  const shortened = Object.entries(abuse.shortened ?? {}).map(([name, ms]) => `\`${name}\` ${ms / 1_000} s`);
  const about = [
    limits === "" ? `Limit: ${abuse.defaults}.` : `Limit: ${limits}; default ${abuse.defaults}.`,
    ...(shortened.length === 0 ? [] : [`Measured with ${shortened.join(", ")}.`]),
  ];
  const lines = [line(head), line(head.map(() => "---")), ...rows.map((row) => line(cells(row)))];
  return `## ${abuse.name}: ${abuse.title}\n\n${about.join(" ")}\n\n${lines.join("\n")}\n`;
}

function cells(row: AbuseRow): string[] {
  const { nanosPerAttackByte, honestSent, honestAnswered, honestSlowestMs } = row;
  const honest = `${honestAnswered === honestSent ? `**${honestAnswered}**` : honestAnswered}/${honestSent}`;
  return [
    row.subject,
    row.survived ? row.told : `**the process died**; ${row.told}`,
    `${mebibytes(row.peakBytes)} (${mebibytes(row.restBytes)})`,
    `${nanosPerAttackByte === undefined ? "–" : nanos(nanosPerAttackByte)} / ${nanos(row.nanosPerHonestByte)}`,
    `${honest} (${Math.round(honestSlowestMs)} ms)`,
  ];
}

function mebibytes(bytes: number): string {
  return String(Math.round(bytes / 1_048_576)); // 2^20
}

function nanos(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function line(parts: readonly string[]): string {
  return `| ${parts.map((part) => part.replaceAll("|", "\\|")).join(" | ")} |`;
}
