/**
 * A rule that nobody has seen fail does not count. Every rule (lint or house) has one bad example in `bad-examples/` that
 * carries its id, and is seen here to find it; an example that no rule goes with fails too. The first line of an example
 * of a rule that depends on the place says where the code pretends to stand: `// As packages/grpc/src/http2/x.ts`.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import eslintConfig, { generalRules, scriptRules } from "../eslint.config.js";
import { houseRules } from "./house-rules/rules.mjs";
import { treeOf, workingTree } from "./house-rules/tree.mjs";
import { layerConfig, plugin } from "./lint/plugin.mjs";

const scripts = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(scripts);
const folder = path.join(scripts, "bad-examples");
const examples = fs.readdirSync(folder).filter((name) => name !== "tsconfig.json");
const idOf = (fileName) => fileName.replace(/\.[a-z]+$/, "");

const layerIds = Object.keys(plugin.rules);
const generalIds = ["max-lines", "max-lines-per-function", ...Object.keys(generalRules), ...Object.keys(scriptRules)];
const shortId = (ruleId) => ruleId.split("/").at(-1);
const houseIds = houseRules.map((rule) => rule.id);
const allIds = [...layerIds, ...generalIds.map(shortId), ...houseIds];

const exampleOf = (id) => examples.find((name) => idOf(name) === id) ?? "missing";

/** Splits an example at its `As` lines into pretended path → text. */
function pretended(fileName) {
  const text = fs.readFileSync(path.join(folder, fileName), "utf8");
  const parts = text.split(/^(?:\/\/|<!--) As (\S+)(?: -->)?\n/m).slice(1);
  return Object.fromEntries(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]]] : [])));
}

describe("every rule and its bad example", () => {
  it("belong together, one to one", () => {
    expect(examples.map(idOf).sort()).toEqual([...allIds].sort());
  });
});

describe("a layer rule finds its bad example, and no other rule does", () => {
  const linter = new Linter({ cwd: root });
  const config = [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }, ...layerConfig];

  it.each(layerIds)("%s", (id) => {
    const [[filename, text]] = Object.entries(pretended(exampleOf(id)));
    const messages = linter.verify(text, config, { filename: path.join(root, filename) });
    expect(messages.map((message) => message.ruleId)).toEqual([`holdfast/${id}`]);
    expect(messages[0].message).toMatch(/: .{20,}\.$/); // the reason
  });
});

describe("a general lint rule finds its bad example, and no other rule does", () => {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      ...eslintConfig.filter((part) => part.ignores === undefined || part.files !== undefined),
      { files: ["**/*.ts"], languageOptions: { parserOptions: { project: "tsconfig.json", tsconfigRootDir: folder } } },
    ],
  });

  it.each(generalIds)("%s", async (id) => {
    const [result] = await eslint.lintFiles(exampleOf(shortId(id)));
    expect(result.messages.map((message) => message.ruleId)).toEqual([id]);
  });
});

describe("a house rule finds its bad example, and no other rule does", () => {
  it.each(houseIds)("%s", (id) => {
    const tree = treeOf(pretended(exampleOf(id)));
    const found = houseRules.filter((rule) => [...rule.check(tree)].length > 0);
    expect(found.map((rule) => rule.id)).toEqual([id]);
  });

  it("looks at the files that git knows, and not at bad examples", () => {
    const { files } = workingTree(root);
    expect(files).toContain("scripts/rules.test.mjs");
    expect(files.filter((file) => file.startsWith("scripts/bad-examples/"))).toEqual([]);
  });
});
