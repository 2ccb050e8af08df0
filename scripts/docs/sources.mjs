/**
 * Reads the table of docs/sources.md. A row's last cell is its state: `not yet`, `here: [file](…), command`, or
 * `done otherwise, because …`. A row that is here names a file and a command that shows it; a command is quick, and then run by
 * the check, unless `(slow)` follows it.
 */

const columns = 3;

/** Programs that a quick command may start; anything else does not show a thing in a few seconds, or needs more than Node. */
const quickPrograms = [/^npx vitest run( |$)/, /^npx holdfast( |$)/];

/**
 * @typedef {{ line: number, thing: string, state: "not-yet" | "here" | "otherwise" | "unknown", commands: readonly string[],
 *   slow: readonly string[], links: number, hasNumber: boolean }} SourceRow
 * @returns {SourceRow[]}
 */
export function sourceRows(markdown) {
  const rows = [];
  for (const [index, text] of markdown.split("\n").entries()) {
    const cells = text
      .trim()
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length !== columns || /^-+$/.test(cells[0]) || cells[2] === "state") continue;
    rows.push({ line: index + 1, thing: cells[0], ...stateOf(cells[2]) });
  }
  return rows;
}

function stateOf(cell) {
  const kinds = { "not yet": "not-yet", "here:": "here", "done otherwise, because ": "otherwise" };
  const start = Object.keys(kinds).find((words) => cell.startsWith(words));
  const commands = [...cell.matchAll(/`(np[mx] [^`]+)`(\s*\(slow\))?/g)];
  return {
    state: start === undefined ? "unknown" : kinds[start],
    commands: commands.filter(([, , slow]) => slow === undefined).map(([, command]) => command),
    slow: commands.filter(([, , slow]) => slow !== undefined).map(([, command]) => command),
    hasNumber: /\d/.test(cell),
    links: [...cell.matchAll(/\]\([^)]+\)/g)].length,
  };
}

/**
 * What is wrong with the table as text; whether the commands pass is seen by running them. A test file that does not exist is
 * looked for here, because vitest takes names as filters and passes when another one matches.
 */
export function* sourceFaults(rows, exists) {
  if (rows.length === 0) yield { line: 1, text: "no rows: the table is gone or has another shape" };
  for (const { line, thing, state, commands, slow, links, hasNumber } of rows) {
    if (state === "unknown") yield { line, text: `${thing}: the state is not one of the three` };
    if (state === "here" && links === 0) yield { line, text: `${thing}: here, but no link says where` };
    if (state === "here" && commands.length + slow.length === 0)
      yield { line, text: `${thing}: here, but no command shows it` };
    if (state === "otherwise" && !hasNumber)
      yield { line, text: `${thing}: done otherwise, but without a measurement` };
    for (const command of commands) {
      if (!quickPrograms.some((program) => program.test(command))) {
        yield { line, text: `${thing}: \`${command}\` is not a quick command; say (slow) after it` };
      }
      const missing = wordsOf(command).find((word) => word.endsWith(".test.ts") && !exists(word));
      if (missing !== undefined) yield { line, text: `${thing}: there is no ${missing}` };
    }
  }
}

/**
 * The commands to run, each as the arguments of Node. Runs of whole test files become one, since starting vitest takes longer
 * than most of the tests.
 */
export function quickCommands(rows) {
  const testFiles = new Set();
  const others = new Map();
  for (const command of new Set(rows.flatMap((row) => row.commands))) {
    const words = wordsOf(command);
    const args = words.slice(words[1] === "vitest" ? 3 : 2);
    if (words[1] === "vitest" && args.every((word) => !word.startsWith("-")))
      args.forEach((file) => testFiles.add(file));
    else if (words[1] === "vitest") others.set(command, [vitest, "run", ...args]);
    else others.set(command, ["bin/holdfast.mjs", ...args]);
  }
  if (testFiles.size > 0) others.set("npx vitest run …", [vitest, "run", ...testFiles]);
  return others;
}

const vitest = "node_modules/vitest/vitest.mjs";

function wordsOf(command) {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare,
  );
}
