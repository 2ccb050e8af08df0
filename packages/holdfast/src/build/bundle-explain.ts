/**
 * Makes one module of what every `holdfast explain` runs: to find and load a dozen modules one by one takes longer than to
 * explain a short text. What only some calls need stays apart, as it was compiled.
 */

import path from "node:path";
import { build } from "esbuild";

/** Loaded when it is needed, and that is nearly always. */
const usualFace = "./explanation-text.js";

/** `entry`: the compiled module; the bundle has to lie beside it. Answers with the bundle's text. */
export async function bundleExplain(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "es2023",
    charset: "utf8",
    legalComments: "none",
    minifyWhitespace: true,
    minifySyntax: true,
    // One module already, and shared with what stays apart.
    external: ["@holdfast/catalog/explain"],
    plugins: [
      {
        name: "modules-for-some-calls",
        setup(hooks) {
          hooks.onResolve({ filter: /^\.\.?\// }, ({ path: name, kind, resolveDir }) => {
            if (kind !== "dynamic-import" || name === usualFace) return undefined;
            if (resolveDir === path.dirname(entry)) return { path: name, external: true };
            return { errors: [{ text: `${name} is loaded by a module of another folder than ${entry}` }] };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}
