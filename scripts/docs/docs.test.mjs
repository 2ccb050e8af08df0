/** The checks of the documentation, each seen to fail. */
import { describe, expect, it } from "vitest";
import { treeOf } from "../house-rules/tree.mjs";
import { codeBlocks } from "./code-blocks.mjs";
import { deadLinks } from "./links.mjs";
import { quickCommands, sourceFaults, sourceRows } from "./sources.mjs";

describe("dead links", () => {
  const check = (contents) => {
    const tree = treeOf(contents);
    return [...deadLinks(tree, (file) => tree.files.includes(file))].map(
      ({ file, line, text }) => `${file}:${line}: ${text}`,
    );
  };

  it("are files that are not there, from the place of the page", () => {
    expect(check({ "docs/a.md": "x\n[b](b.md) [up](../c.md)", "docs/b.md": "" })).toEqual([
      "docs/a.md:2: ../c.md: no such file",
    ]);
  });

  it("are headings that are not there, spelt as GitHub spells them", () => {
    const page = "# Host & world, both\n[ok](#host--world-both) [no](#host)";
    expect(check({ "a.md": page })).toEqual(["a.md:2: #host: no such heading"]);
  });

  it("are not the web's, and not what stands in code", () => {
    expect(check({ "a.md": "[w](https://example.org/x) `[c](d)`\n```\n[e](f)\n```" })).toEqual([]);
  });
});

describe("code blocks", () => {
  it("are those in TypeScript, named after the line where they begin", () => {
    const page = ["# x", "```ts", "const a = 1;", "```", "```sh", "ls", "```", "```ts", "a;", "b;", "```"].join("\n");
    expect(codeBlocks("docs/x.md", page)).toEqual([
      { fileName: "docs-x.3.ts", code: "const a = 1;\n" },
      { fileName: "docs-x.9.ts", code: "a;\nb;\n" },
    ]);
  });
});

describe("docs/sources.md", () => {
  const table = (...states) =>
    ["| thing | where | state |", "| --- | --- | --- |", ...states.map((state) => `| t | w | ${state} |`)].join("\n");
  const faults = (...states) =>
    [...sourceFaults(sourceRows(table(...states)), (file) => !file.startsWith("gone"))].map(({ text }) => text);

  it("knows three states", () => {
    expect(
      faults("not yet", "done otherwise, because 42 % (`npm run score`, slow)", "here: [f](f.ts), `npx vitest run f`"),
    ).toEqual([expect.stringContaining("`npm run score` is not a quick command")]);
    expect(faults("done otherwise, because it is better")).toEqual(["t: done otherwise, but without a measurement"]);
    expect(faults("soon")).toEqual(["t: the state is not one of the three"]);
  });

  it("wants a place and a command for what is here", () => {
    expect(faults("here: `npx vitest run f`")).toEqual(["t: here, but no link says where"]);
    expect(faults("here: [f](f.ts)")).toEqual(["t: here, but no command shows it"]);
    expect(faults("here: [f](f.ts), `npm start` (slow)")).toEqual([]);
  });

  it("names a test file that does not exist", () => {
    expect(faults("here: [f](f.ts), `npx vitest run here.test.ts gone.test.ts`")).toEqual([
      "t: there is no gone.test.ts",
    ]);
  });

  it("fails when the table is gone", () => {
    expect([...sourceFaults(sourceRows("# Sources"))]).toHaveLength(1);
  });

  it("runs whole test files in one go, and nothing that is slow", () => {
    const rows = sourceRows(
      table(
        "here: [f](f), `npx vitest run a.test.ts`",
        "here: [f](f), `npx vitest run b.test.ts`, `npm start` (slow)",
        'here: [f](f), `npx vitest run c.test.ts -t "two words"`',
        "here: [f](f), `npx holdfast --version`",
      ),
    );
    expect([...quickCommands(rows).values()]).toEqual([
      ["node_modules/vitest/vitest.mjs", "run", "c.test.ts", "-t", "two words"],
      ["bin/holdfast.mjs", "--version"],
      ["node_modules/vitest/vitest.mjs", "run", "a.test.ts", "b.test.ts"],
    ]);
  });
});
