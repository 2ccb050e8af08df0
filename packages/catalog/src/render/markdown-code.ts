/** Code in Markdown that holds whatever the text holds: a longer run of backticks around it (CommonMark 0.31, 4.5 and 6.1). */

export function markdownCode(text: string): string {
  const run = longestRun(text);
  const fence = "`".repeat(run + 1);
  return run === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

export function markdownFence(text: string): string {
  const run = longestRun(text);
  const fence = "`".repeat(run < 3 ? 3 : run + 1);
  return `${fence}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
