/** What people, mailers, chats, pages and clipboards make of a text. */

import { around, eachLine, hardWrapped, type Wrapping } from "./wrapping.ts";

const once = (text: string): string => JSON.stringify(text).slice(1, -1);
const html = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

export const byPeople: readonly Wrapping[] = [
  eachLine("markdown quote", (line) => `> ${line}`),
  eachLine("markdown quote, twice", (line) => `> > ${line}`),
  eachLine("markdown quote without blank", (line) => `>${line}`),
  around("code fence", "```\n", "\n```"),
  around("code fence with language", "Steps:\n\n```text\n", "\n```\n\nThanks!"),
  around("code span", "`", "`"),
  around("bullet", "- "),
  around("star", "* "),
  around("number", "1. "),
  around("bold", "**", "**"),
  around("table cell", "| get | ", " | 3 |"),
  eachLine("indented code", (line) => `    ${line}`),
  eachLine("line numbers", (line, index) => `${String(index + 1).padStart(4)}  ${line}`),
  eachLine("line numbers and colon", (line, index) => `${index + 120}:${line}`),
  around("grep with file", "shop.log:120:"),
  eachLine("diff, added", (line) => `+${line}`),
  around("double quotes", '"', '"'),
  around("single quotes", "'", "'"),
  around("typographic quotes", "“", "”"),
  around("guillemets", "« ", " »"),
  around("Chinese brackets", "「", "」"),
  around("English sentence", "We get `", "` after a deploy, any ideas?"),
  around("English sentence without quotes", "After the deploy we get: "),
  around("English sentence around", 'It fails with "', '" about once an hour.'),
  around("question behind", "", "\n\nWhat does this mean?"),
  around("words in front", "Hi all,\n\nsince yesterday our shop fails now and then with\n\n", "\n\nThanks\nAnna"),
  around("Chinese label", "报错："),
  around("Chinese sentence", "部署之后出现", "，请问是什么原因？"),
  around("Chinese sentence with quotes", "部署之后日志里有“", "”，请问怎么解决？"),
  around("Chinese label and stop", "错误信息:", "。"),
  around("chat", "[12:01] anna: "),
  around("mail subject", "Subject: [ALERT] shop: "),
  around("exclamation", "", "!!!"),
  around("full stop", "", "."),
  around("comma and brackets", "(", "),"),
  around("question mark", "", "?"),
  { name: "HTML", wrap: html },
  { name: "HTML element", wrap: (text) => `<pre><code>${html(text)}</code></pre>` },
  {
    name: "HTML, hexadecimal",
    wrap: (text) =>
      text
        .replaceAll("'", "&#x27;")
        .replaceAll('"', "&#34;")
        .replaceAll(">", "&#62;")
        .replaceAll("=", "&#x3D;")
        .replaceAll(":", "&#58;"),
  },
  { name: "HTML breaks", wrap: (text) => html(text).replaceAll("\n", "<br>\n").replaceAll(" ", "&nbsp;") },
  { name: "JSON string", wrap: (text) => JSON.stringify(text) },
  { name: "escaped once", wrap: once },
  { name: "escaped twice", wrap: (text) => once(once(text)) },
  { name: "escaped three times", wrap: (text) => once(once(once(text))) },
  {
    name: "JSON in JSON",
    wrap: (text) => JSON.stringify({ message: JSON.stringify({ level: "error", error: text }) }),
  },
  {
    name: "JSON in JSON in JSON",
    wrap: (text) => JSON.stringify({ log: JSON.stringify({ body: JSON.stringify({ error: text }) }) }),
  },
  { name: "JSON, cut", wrap: (text) => `{"level":"error","error":"${once(text)}","stack":"at get (orders.j` },
  { name: "URL-encoded", wrap: (text) => encodeURIComponent(text) },
  {
    name: "query",
    wrap: (text) => `https://search.example/?q=${encodeURIComponent(text).replaceAll("%20", "+")}&lang=en`,
  },
  {
    name: "header value",
    wrap: (text) => `x-error: ${encodeURIComponent(text).replaceAll("%20", " ").replaceAll("%3A", ":")}`,
  },
  { name: "CRLF", wrap: (text) => `${text.replaceAll("\n", "\r\n")}\r\n` },
  { name: "joined by blanks", wrap: (text) => text.replaceAll(/\n\s*/g, " ") },
  { name: "hard-wrapped at 80", wrap: (text) => hardWrapped(text, 80) },
  {
    name: "hard-wrapped at 72 with a prefix",
    wrap: (text) => hardWrapped(`2026-11-21 12:00:01 ERROR order failed: ${text}`, 72),
  },
  {
    name: "hard-wrapped at 60, quoted",
    wrap: (text) =>
      hardWrapped(text, 60)
        .split("\n")
        .map((line) => `> ${line}`)
        .join("\n"),
  },
  { name: "terminal, cut inside words at 80", wrap: (text) => text.replaceAll(/[^\n]{80}(?=[^\n])/g, "$&\n") },
  { name: "hard-wrapped with indent", wrap: (text) => hardWrapped(text, 70).replaceAll("\n", "\n    ") },
  {
    name: "typographic",
    wrap: (text) =>
      text
        .replaceAll(/"([^"]*)"/g, "“$1”")
        .replaceAll(/'([^']*)'/g, "‘$1’")
        .replaceAll("...", "…"),
  },
  { name: "typographic dashes", wrap: (text) => text.replaceAll("->", "→").replaceAll("-", "‑") },
  { name: "non-breaking spaces", wrap: (text) => text.replaceAll(" ", "\u00a0") },
  { name: "some non-breaking spaces", wrap: (text) => text.replaceAll(": ", ":\u00a0") },
  { name: "doubled spaces", wrap: (text) => text.replaceAll(" ", "  ") },
  { name: "tabs", wrap: (text) => text.replaceAll(": ", ":\t") },
  { name: "zero-width spaces", wrap: (text) => text.replaceAll(": ", ":\u200b ").replaceAll("_", "_\u200b") },
  { name: "full-width colons", wrap: (text) => text.replaceAll(": ", "：") },
  {
    name: "full-width",
    wrap: (text) => text.replaceAll(": ", "： ").replaceAll(", ", "，").replaceAll("(", "（").replaceAll(")", "）"),
  },
  { name: "no blank behind colons", wrap: (text) => text.replaceAll(": ", ":") },
  { name: "blank before colons", wrap: (text) => text.replaceAll(": ", " : ") },
  { name: "markdown escapes", wrap: (text) => text.replaceAll(/[_*[\]()]/g, "\\$&") },
  { name: "lower case", wrap: (text) => text.toLowerCase() },
  { name: "upper case", wrap: (text) => text.toUpperCase() },
  { name: "Title Case", wrap: (text) => text.toLowerCase().replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()) },
  {
    name: "lower-case status",
    wrap: (text) => text.replaceAll(/\b[A-Z]{2,}(?:_[A-Z]+)*\b/g, (name) => name.toLowerCase()),
  },
  {
    name: "status with blanks",
    wrap: (text) => text.replaceAll(/\b[A-Z]{3,}(?:_[A-Z]+)+\b/g, (name) => name.replaceAll("_", " ")),
  },
  { name: "cut at 200 with …", wrap: (text) => (text.length > 200 ? `${text.slice(0, 200)}…` : text) },
  { name: "cut at 120 with ...", wrap: (text) => (text.length > 120 ? `${text.slice(0, 120)}...` : text) },
  { name: "cut at 80", wrap: (text) => text.slice(0, 80) },
  { name: "cut at 80 with ...", wrap: (text) => (text.length > 80 ? `${text.slice(0, 80)}...` : text) },
  { name: "last five letters cut with …", wrap: (text) => `${text.slice(0, -5)}…` },
  { name: "last word cut", wrap: (text) => text.replace(/\s+\S*$/, "") },
  { name: "first five letters cut", wrap: (text) => text.slice(5) },
  { name: "front cut with …", wrap: (text) => `…${text.slice(8)}` },
  { name: "front cut with ...", wrap: (text) => `... ${text.slice(12)}` },
];
