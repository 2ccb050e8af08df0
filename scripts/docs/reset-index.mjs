/**
 * Writes the two tables of docs/connection-resets.md out of the compiled catalog: popular causes to texts and entries, and
 * popular messages to entries and causes. Owns how they look and where in the page they stand; reads nothing itself.
 */

/** The texts of the article that the page is about, as its table has them. */
const messages = [
  "rpc error: code = Unavailable desc = transport is closing",
  "rpc error: code = Unavailable desc = connection reset by peer",
  "rpc error: code = Internal desc = stream terminated by RST_STREAM",
  "rpc error: code = Unavailable desc = EOF",
];

/** Whose words stand in a row of the first table, in this order; a row has room for two. */
const shownFirst = ["grpc-go", "grpc-js", "grpc-core", "grpc-java", "connect-node", "envoy", "nginx", "haproxy"];
const textsShown = 2;

/**
 * @typedef {import("../../packages/catalog/src/record/entry-record.ts").EntryRecord} Record
 * @param {readonly Record[]} records
 * @param {(text: string) => import("../../packages/catalog/src/explain/explanation.ts").Explanation} explain
 * @param {(template: string) => string} shown how a template is shown to people
 * @returns {Readonly<Record<string, string>>} name of the block → Markdown
 */
export function resetIndex(records, explain, shown) {
  const byId = new Map(records.map((record) => [record.id, record]));
  return {
    causes: causesTable(records, shown),
    messages: messages.map((message) => messageTable(message, explain(message), byId)).join("\n\n"),
  };
}

/** The page with the text between each pair of marks replaced. A page that lacks a pair is an error. */
export function withBlocks(page, blocks) {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`no "${begin}" with "${end}" behind it`);
    return `${text.slice(0, from + begin.length)}\n\n${block}\n\n${text.slice(to)}`;
  }, page);
}

function causesTable(records, shown) {
  const causes = [...new Set(records.flatMap((record) => record.common_causes))].sort();
  return causes
    .map((cause) => {
      const members = records.filter((record) => record.common_causes.includes(cause));
      const rows = members.map((record) => [linkTo(record), record.title, textsOf(record, shown)]);
      return `### ${wordsOf(cause)}\n\n${table(["entry", "what one sees", "as in"], rows)}`;
    })
    .join("\n\n");
}

function messageTable(message, { findings }, byId) {
  const ids = findings[0]?.tied ?? [];
  const rows = ids.map((id, index) => {
    const record = byId.get(id);
    const causes = record.common_causes.map(wordsOf).join(", ");
    return [String(index + 1), linkTo(record), record.title, causes === "" ? "none of the six" : causes];
  });
  return `### \`${message.replace(/^.* desc = /, "")}\`\n\n${table(["", "entry", "what it is then", "popular cause"], rows)}`;
}

function textsOf({ signatures }, shown) {
  const failures = signatures.filter(({ role }) => role === "failure");
  const place = ({ implementation }) => {
    const at = shownFirst.indexOf(implementation);
    return at < 0 ? shownFirst.length : at;
  };
  // One text of each program, so that a row shows how two of them word it; an entry may have clues alone.
  const first = [...new Map(failures.toReversed().map((text) => [text.implementation, text])).values()]
    .toSorted((a, b) => place(a) - place(b) || (a.implementation < b.implementation ? -1 : 1))
    .slice(0, textsShown);
  return (
    first.map(({ implementation, text }) => `${implementation} ${code(shown(text))}`).join("; ") || "in other texts"
  );
}

function linkTo({ id }) {
  return `[${id}](../packages/catalog/entries/${id})`;
}

function wordsOf(cause) {
  return cause.replaceAll("-", " ");
}

function code(text) {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
}

function table(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
