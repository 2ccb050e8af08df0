/** Makes one ESLint rule from one row of `layers.mjs`: nothing outside the row's list may be imported. */
import path from "node:path";
import { fileOfPackageImport, layerOf } from "./layers.mjs";
import { visitImports } from "./visit-imports.mjs";

export function layerRule(layer) {
  const may = [layer.name, ...layer.mayImport];
  const mayAsType = [...may, ...(layer.typesFrom ?? [])];
  return {
    meta: { type: "problem", schema: [], messages: { crossed: "{{from}} may not import {{to}}: {{because}}." } },
    create(context) {
      const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
      if (layerOf(file) !== layer) return {};
      return visitImports((node, specifier, { isType }) => {
        const target = specifier.startsWith(".")
          ? path.posix.join(path.posix.dirname(file), specifier)
          : fileOfPackageImport(specifier);
        const to = target === undefined ? undefined : layerOf(target);
        if (to === undefined || to.forEveryone === true || (isType ? mayAsType : may).includes(to.name)) return;
        context.report({ node, messageId: "crossed", data: { from: layer.name, to: to.name, because: layer.because } });
      });
    },
  };
}
