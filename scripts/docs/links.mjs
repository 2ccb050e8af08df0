/** Looks for dead links in Markdown: files that are not there, headings that do not exist. Addresses of the web are left alone. */

/**
 * @param {import("../house-rules/tree.mjs").Tree} tree
 * @param {(file: string) => boolean} exists also for folders and for files that rules do not read
 * @returns {Iterable<import("../house-rules/tree.mjs").Finding>}
 */
export function* deadLinks(tree, exists) {
  for (const file of tree.files.filter((name) => name.endsWith(".md"))) {
    for (const { line, target } of linksOf(tree.read(file))) {
      if (/^[a-z]+:/.test(target)) continue;
      const [to, anchor] = target.split("#");
      const path = to === "" ? file : resolve(file, to);
      if (!exists(path)) yield { file, line, text: `${target}: no such file` };
      else if (anchor !== undefined && path.endsWith(".md") && !anchorsOf(tree.read(path)).has(anchor)) {
        yield { file, line, text: `${target}: no such heading` };
      }
    }
  }
}

function* linksOf(markdown) {
  for (const [index, text] of withoutCode(markdown).entries()) {
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) yield { line: index + 1, target };
  }
}

/** The lines, with fenced blocks emptied and code spans taken out: a link in them is an example. */
function withoutCode(markdown) {
  let fenced = false;
  return markdown.split("\n").map((text) => {
    if (/^\s*```/.test(text)) fenced = !fenced;
    return fenced ? "" : text.replace(/`[^`]*`/g, "");
  });
}

/** GitHub's way of making an anchor from a heading. */
function anchorsOf(markdown) {
  const headings = markdown.split("\n").filter((text) => /^#{1,6} /.test(text));
  return new Set(
    headings.map((text) =>
      text
        .replace(/^#+ /, "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function resolve(from, to) {
  const parts = from.split("/").slice(0, -1);
  for (const part of to.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
