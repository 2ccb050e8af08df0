/** The checks of the documentation, each seen to fail. */
import { describe, expect, it } from "vitest";
import { treeOf } from "../house-rules/tree.mjs";
import { codeBlocks } from "./code-blocks.mjs";
import { deadLinks } from "./links.mjs";
import { resetIndex, withBlocks } from "./reset-index.mjs";
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
        "here: [f](f), `npx holdfast explain 'code = Unavailable'`",
      ),
    );
    expect([...quickCommands(rows).values()]).toEqual([
      ["node_modules/vitest/vitest.mjs", "run", "c.test.ts", "-t", "two words"],
      ["bin/holdfast.mjs", "--version"],
      ["bin/holdfast.mjs", "explain", "code = Unavailable"],
      ["node_modules/vitest/vitest.mjs", "run", "a.test.ts", "b.test.ts"],
    ]);
  });
});

describe("the index of docs/connection-resets.md", () => {
  const record = (id, causes, ...texts) => ({
    id,
    title: `Title of ${id}`,
    common_causes: causes,
    signatures: texts.map(([implementation, text, role = "failure"]) => ({ implementation, text, role })),
  });
  const records = [
    record(
      "a/one",
      ["idle-timeout"],
      ["zig", "z"],
      ["grpc-js", "first|{int}"],
      ["grpc-js", "second"],
      ["grpc-go", "g"],
    ),
    record("a/two", [], ["any", "t"]),
    record("a/three", ["idle-timeout"], ["any", "c", "clue"]),
  ];
  const explain = (text) => ({ findings: text.endsWith("EOF") ? [{ tied: ["a/two", "a/one"] }] : [] });
  const { causes, messages } = resetIndex(records, explain, (template) => template.replace("{int}", "N"));

  it("goes from a cause to its entries, each in the words of two programs", () => {
    expect(causes.split("\n")).toEqual([
      "### idle timeout",
      "",
      "| entry | what one sees | as in |",
      "| --- | --- | --- |",
      "| [a/one](../packages/catalog/entries/a/one) | Title of a/one | grpc-go `g`; grpc-js `first\\|N` |",
      "| [a/three](../packages/catalog/entries/a/three) | Title of a/three | in other texts |",
    ]);
  });

  it("goes from a message to its entries in the order of the answer, and to their causes", () => {
    expect(messages).toContain("### `EOF`");
    expect(messages.split("\n").slice(-2)).toEqual([
      "| 1 | [a/two](../packages/catalog/entries/a/two) | Title of a/two | none of the six |",
      "| 2 | [a/one](../packages/catalog/entries/a/one) | Title of a/one | idle timeout |",
    ]);
  });

  it("stands between its marks, and a second time changes nothing", () => {
    const page = "# x\n\n<!-- begin causes -->\nold\n<!-- end causes -->\n\ny\n";
    const once = withBlocks(page, { causes });
    expect(once).toBe(`# x\n\n<!-- begin causes -->\n\n${causes}\n\n<!-- end causes -->\n\ny\n`);
    expect(withBlocks(once, { causes })).toBe(once);
    expect(() => withBlocks("# x", { causes })).toThrow("begin causes");
  });
});
