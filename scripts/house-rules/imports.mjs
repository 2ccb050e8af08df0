/** Reads the relative imports of a file, formatted as prettier leaves them. */

/**
 * @returns {{ target: string, isType: boolean }[]} `target` is a path from the root; an import of types alone is gone when the
 *   code runs
 */
export function importsOf(file, text) {
  const folder = file.split("/").slice(0, -1);
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^;"']*?\sfrom\s+)?"(\.[^"]+)";/gm);
  return [...statements].map(([, type, specifier]) => ({
    target: join(folder, specifier),
    isType: type !== undefined,
  }));
}

function join(folder, specifier) {
  const parts = [...folder];
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
