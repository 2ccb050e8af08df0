/**
 * Makes one module of what `@holdfast/catalog/explain` needs, signatures included. The page loads it, and the command: of
 * the time that a short `holdfast explain` takes, most went into finding and loading some fifty modules one by one.
 */

import { build } from "esbuild";

/** `entry`: the compiled face; the data that it imports must be there. Answers with the module's text. */
export async function bundleExplain(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2023",
    charset: "ascii",
    legalComments: "none",
    minifyWhitespace: true,
    minifySyntax: true,
    // Loaded for records of one's own, and only then.
    external: ["re2js"],
  });
  return outputFiles[0]?.text ?? "";
}
