/** Our own ESLint rules: one for each row of `layers.mjs` and of `bans.mjs`, and the configuration that applies them. */
import { banRule } from "./ban-rule.mjs";
import { bans } from "./bans.mjs";
import { layerRule } from "./layer-rule.mjs";
import { layers } from "./layers.mjs";

const layerRules = layers.map((layer) => [`layer-${layer.name}`, layerRule(layer)]);
const banRules = bans.map((ban) => [ban.id, banRule(ban)]);

/** Tests may look at anything; what binds them are the house rules. */
const tests = ["**/*.test.ts", "**/*.contract.ts"];

export const plugin = { rules: Object.fromEntries([...layerRules, ...banRules]) };

/** Flat configuration, without a parser: the caller chooses one. */
export const layerConfig = [
  {
    name: "holdfast/layers",
    files: ["packages/*/src/**/*.ts"],
    ignores: tests,
    plugins: { holdfast: plugin },
    rules: Object.fromEntries(layerRules.map(([id]) => [`holdfast/${id}`, "error"])),
  },
  ...bans.map((ban) => ({
    name: `holdfast/${ban.id}`,
    files: ban.files,
    ignores: [...tests, ...(ban.except ?? [])],
    plugins: { holdfast: plugin },
    rules: { [`holdfast/${ban.id}`]: "error" },
  })),
];
