/** Takes the TypeScript blocks out of a Markdown page, each to be compiled on its own. */

/**
 * @param {string} page path of the page, which the file names carry
 * @returns {{ fileName: string, code: string }[]}
 */
export function codeBlocks(page, markdown) {
  const blocks = [];
  let open;
  for (const [index, text] of markdown.split("\n").entries()) {
    if (open === undefined && /^```(ts|typescript)\b/.test(text)) open = { line: index + 2, lines: [] };
    else if (open !== undefined && text === "```") {
      const name = page.replace(/\.md$/, "").replaceAll("/", "-");
      blocks.push({ fileName: `${name}.${open.line}.ts`, code: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else open?.lines.push(text);
  }
  return blocks;
}
