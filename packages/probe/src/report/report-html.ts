/** A diagnosis as one page that needs nothing else, for a ticket: light and dark, no script. What peers wrote is escaped. */

import { printable } from "@holdfast/grpc/report";
import type { Diagnosis } from "../steps/diagnose.ts";
import type { Finding, StepResult, TraceLine } from "../steps/step.ts";
import { reportStyle } from "./report-style.ts";
import { verdictWords } from "./report-text.ts";

export function diagnosisHtml(diagnosis: Diagnosis): string {
  const { target, startedAt, tookMs, verdict, steps } = diagnosis;
  const where = target.host.includes(":") ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
  const title = `gRPC diagnosis of ${where}`;
  const asked = target.service === "" ? "" : `, health of ${target.service}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${text(title)}</h1>
<p class="about"><strong class="verdict ${verdict}">${verdictWords[verdict]}</strong> <time datetime="${text(startedAt)}">${text(startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC"))}</time>${text(asked)}, took ${(tookMs / 1_000).toFixed(1)} s</p>
${steps.map((step, index) => stepHtml(step, index + 1)).join("\n")}
<footer>Made by <code>holdfast diagnose</code>. It sent nothing but connections, PINGs, and calls of health and reflection.</footer>
</main>
</body>
</html>
`;
}

function stepHtml({ id, title, headline, verdict, findings, facts, trace = [] }: StepResult, number: number): string {
  // What was measured is told in several sentences; one of them is a heading.
  const [, first = headline, rest = ""] = /^(.+?[.!?]) (?=[A-Z])(.+)$/s.exec(headline) ?? [];
  const parts = [
    `<h2><span class="verdict ${verdict}">${verdictWords[verdict]}</span> ${number}. ${text(title)}: ${text(first)}</h2>`,
    ...(rest === "" ? [] : [`<p>${text(rest)}</p>`]),
    ...findings.map(findingHtml),
  ];
  if (facts.length > 0) parts.push(`<table>${factsHtml(facts)}</table>`);
  if (trace.length > 0) parts.push(`<pre tabindex="0">${traceHtml(trace)}</pre>`);
  return `<section id="${id}">\n${parts.join("\n")}\n</section>`;
}

/** A name that comes several times in a row is shown once, and stays for those who cannot see where it belongs. */
function factsHtml(facts: StepResult["facts"]): string {
  const rows = facts.map(({ name, value }, at) => {
    const again = name === facts[at - 1]?.name ? ' class="again"' : "";
    return `<tr${again}><th scope="row"><span>${text(name)}</span></th><td>${text(value)}</td></tr>`;
  });
  return rows.join("");
}

function traceHtml(trace: readonly TraceLine[]): string {
  const several = trace.some(({ connection }) => connection > 1);
  const lines = trace.map(({ atMs, connection, from, text: what }) => {
    const number = several ? `#${connection} ` : "";
    const line = `${`${atMs.toFixed(1)} ms`.padStart(10)}  ${number}${from === "client" ? ">" : "<"} ${what}`;
    return `<span class="${from}">${text(line)}</span>`;
  });
  return lines.join("\n");
}

function findingHtml({ verdict, text: what, advice, catalogId }: Finding): string {
  const entry =
    catalogId === undefined ? "" : ` <span class="entry">Catalog: <code>holdfast show ${text(catalogId)}</code></span>`;
  return `<div class="finding ${verdict}"><p><strong>${text(what)}</strong></p><p>${text(advice)}${entry}</p></div>`;
}

/** Safe in text and in quoted attributes; control characters and marks that turn the direction are shown as such. */
function text(value: string): string {
  return printable(value).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
