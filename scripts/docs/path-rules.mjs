/**
 * Writes the tables of docs/settings.md out of the built rules and questions of `@holdfast/path`. Owns how they look; reads
 * nothing itself.
 */

/**
 * @param {typeof import("../../packages/path/src/rules/index.ts")} rules
 * @param {typeof import("../../packages/path/src/facts/index.ts")} facts
 * @returns {Readonly<Record<string, string>>} name of the block → Markdown
 */
export function settingsTables({ pathRules, ruleGroups, sourceTable }, { questions }) {
  return {
    facts: table(
      ["option", "question", "unless told"],
      questions.map(({ fact, ask, why, otherwise }) => [`\`--${fact}\``, `${ask} ${sentence(why)}`, otherwise]),
    ),
    rules: Object.entries(ruleGroups)
      .map(([group, title]) =>
        groupTable(
          title,
          pathRules.filter(({ id }) => id.startsWith(group)),
          sourceTable,
        ),
      )
      .join("\n\n"),
  };
}

function groupTable(title, rules, sources) {
  const rows = rules.map(({ id, severity, says, seen, fix, sources: from }) => [
    id,
    severity,
    says,
    `${seen} Instead: ${fix}`,
    from.map((source) => link(sources[source])).join(", "),
  ]);
  return `### ${title}\n\n${table(["rule", "is an", "what must be", "what one sees, and what helps", "source"], rows)}`;
}

function link({ title, at }) {
  return /^https:/.test(at) ? `[${title}](${at})` : title;
}

function sentence(text) {
  return /^[a-z]+[ ,;]/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : `${text}.`;
}

function table(head, rows) {
  const cells = (row) =>
    `| ${row.map((text) => text.replaceAll("|", "\\|").replaceAll(/<([a-z]+)>/g, "&lt;$1&gt;")).join(" | ")} |`;
  return [cells(head), cells(head.map(() => "---")), ...rows.map(cells)].join("\n");
}
