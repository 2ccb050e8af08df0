/** Bundles one program of a page into one classic script: those also run in a page that was opened from a disk. */

import { build } from "esbuild";

/** `entry`: a compiled file. It may import `dataName` from `#page/<dataName>`, and gets `data` there. */
export async function bundlePage(entry: string, dataName = "none", data: unknown = null): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2023",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    plugins: [
      {
        name: "page-data",
        setup(hooks) {
          hooks.onResolve({ filter: /^#page\// }, ({ path }) => ({ path, namespace: "page-data" }));
          hooks.onLoad({ filter: /./, namespace: "page-data" }, () => ({
            contents: `export const ${dataName} = JSON.parse(${JSON.stringify(JSON.stringify(data))});`,
            loader: "js",
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}
