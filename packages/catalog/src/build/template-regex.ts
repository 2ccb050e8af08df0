/** The expression that a template stands for, in the words of RE2. What templates mean stands in `match/template.ts`. */

const hole: Readonly<Record<string, string>> = { int: "[0-9]+", word: "\\S+", addr: "\\S+", text: ".*?" };

export function templateRegex(template: string): string {
  return template.replaceAll(/\{\{|\}\}|\{([^}]*)\}|[\s\S]/g, (part, inside: string | undefined) => {
    if (part === "{{") return "\\{";
    if (part === "}}") return "\\}";
    if (inside === undefined) return part === " " ? " +" : part.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
    const kind = inside.slice(inside.indexOf(":") + 1);
    return hole[kind] ?? `(?:${kind})`;
  });
}

export function compileTemplate(template: string) {
  const literals = template.split(/\{[^}]*\}/).sort((a, b) => b.length - a.length);
  const regex = new RegExp(templateRegex(template));
  return { literal: literals[0] ?? "", find: (message: string) => regex.exec(message) ?? undefined };
}
