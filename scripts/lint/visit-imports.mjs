/** The ESLint visitor for everything that names a module: imports, re-exports, `import()`, `import("x").T`. */
export function visitImports(onImport) {
  const statement = (node) => {
    if (node.source === null) return;
    const isType = node.importKind === "type" || node.exportKind === "type";
    onImport(node, node.source.value, { isType, isDynamic: false });
  };
  return {
    ImportDeclaration: statement,
    ExportNamedDeclaration: statement,
    ExportAllDeclaration: statement,
    ImportExpression(node) {
      if (node.source.type !== "Literal") return;
      onImport(node, node.source.value, { isType: false, isDynamic: true });
    },
    TSImportType(node) {
      onImport(node, node.source.value, { isType: true, isDynamic: false });
    },
  };
}
