/** House rules that read single lines. */
import { grep } from "./tree.mjs";

const code = (file) => /\.(ts|mts|mjs|js)$/.test(file);
const sources = (file) => /^packages\/[^/]+\/src\/.+\.ts$/.test(file) && !/\.(test|contract)\.ts$/.test(file);
const tests = (file) => /\.(test|contract)\.(ts|mjs)$/.test(file);

/** Where real sockets are met, real time passes. */
const realTime = /^packages\/[^/]+\/test\/peers\/|^packages\/grpc\/src\/host\/|^packages\/(lab|holdfast)\/|^scripts\//;

/** A machine's own folders, said in pieces so that this file does not find itself. */
const machineFolders = ["work", "farm", "home", "Users", "root", "tmp"].map((name) => `/${name}/`);

/** @type {import("./tree.mjs").HouseRule[]} */
export const textRules = [
  {
    id: "test-sleeps",
    why: "a test that waits for time is slow or flaky, mostly both: use the world's virtual time, or wait for an event",
    check: (tree) =>
      grep(tree, (file) => tests(file) && !realTime.test(file), /\b(setTimeout|setInterval|sleep)\(|node:timers/),
  },
  {
    id: "test-left-out",
    why: "`.only` hides every other test; `.skip` and `.todo` want their reason in a comment on the same line",
    check: (tree) => grep(tree, tests, /\b(it|test|describe)\.(only\(|(skip|todo)\((?!.*\/\/ ))/),
  },
  {
    id: "left-open",
    why: "what is not done is an issue, not a note in the code",
    check: (tree) =>
      grep(tree, (file) => code(file) && !file.startsWith("scripts/house-rules/"), /\b(TODO|FIXME|XXX)\b/),
  },
  {
    id: "lint-off-without-reason",
    why: "a rule is switched off for one line, by name, with its reason after ` -- `",
    check: (tree) => grep(tree, code, /^[^"'`]*(\/\/|\/\*) eslint-disable(?!-next-line \S.* -- \S)/),
  },
  {
    id: "large-number-unexplained",
    why: "a constant over 1,000 came from somewhere: say where, in a comment above it or beside it",
    check: largeNumbers,
  },
  {
    id: "registry-address",
    why: "which registry serves a package is the user's setting, not the project's",
    check: (tree) => grep(tree, () => true, /registry\.(npmjs|yarnpkg)\.|"resolved": "https?:/),
  },
  {
    id: "machine-path",
    why: "a path of one machine is wrong on every other",
    check: (tree) => grep(tree, () => true, new RegExp(`(^|[\\s"'\`(=:])(${machineFolders.join("|")})[A-Za-z0-9._-]`)),
  },
];

function* largeNumbers(tree) {
  for (const file of tree.files.filter((name) => sources(name) && !/-table\.ts$/.test(name))) {
    const lines = tree.read(file).split("\n");
    for (const [index, text] of lines.entries()) {
      const [, value] = /^\s*(?:export )?const \w+(?:: \w+)? = ((?:0x[0-9a-fA-F_]+|[0-9_.*+() -])+);/.exec(text) ?? [];
      if (value === undefined || !exceeds(value) || /\/\/|\*\//.test(text)) continue;
      // One comment may stand above a run of constants.
      let above = index - 1;
      while (/^\s*(?:export )?const \w+/.test(lines[above] ?? "")) above--;
      if (!/^\s*(\/\/|\*|\/\*)/.test(lines[above] ?? "")) yield { file, line: index + 1, text: text.trim() };
    }
  }
}

/** The pattern above lets only numbers and operators through, so evaluating is arithmetic and nothing else. */
function exceeds(expression) {
  return Function(`return ${expression}`)() > 1000;
}
