/** How a template of the catalog is shown to people: holes become what one would write for them by hand. */

/** More alternatives than this make a line that nobody reads. */
const maxAlternatives = 3;

const holes: Readonly<Record<string, string>> = { int: "N", addr: "host:port", word: "…", text: "…" };

/** `code {http2_code:int}` as `code N`, `{a|b}` as `(a|b)`; doubled braces are the braces themselves. */
export function shownTemplate(template: string): string {
  return template.replaceAll(/\{\{|\}\}|\{([^{}]*)\}/g, (found, hole: string | undefined) => {
    if (hole === undefined) return found.slice(1);
    const kind = hole.replace(/^[a-z0-9_]+:/, "");
    return holes[kind] ?? alternatives(kind);
  });
}

function alternatives(kind: string): string {
  const all = kind.split("|");
  return `(${[...all.slice(0, maxAlternatives), ...(all.length > maxAlternatives ? ["…"] : [])].join("|")})`;
}
