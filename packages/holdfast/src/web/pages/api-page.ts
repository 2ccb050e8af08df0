/** The page for those who write programs: what can be asked at which address, and what else takes the same questions. */

import type { Language } from "@holdfast/catalog";
import { maxLineLetters } from "../api/explain-request.ts";
import { filterNames } from "../api/entry-list.ts";
import { maxBodyBytes } from "../api/read-body.ts";
import { inlineCode } from "../inline-code.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, type Markup } from "../markup.ts";

interface ApiWords {
  readonly title: string;
  readonly lead: string;
  readonly needsServer: string;
  readonly ask: string;
  readonly askLead: string;
  readonly notKnown: string;
  readonly mistakes: string;
  readonly addresses: string;
  readonly post: string;
  readonly get: string;
  readonly list: string;
  readonly entry: string;
  readonly forms: string;
  readonly all: string;
  readonly described: string;
  readonly schemas: string;
  readonly elsewhere: string;
  readonly command: string;
  readonly agent: string;
  readonly library: string;
}

/** The body that the API takes, in MiB. */
const bodyMiB = maxBodyBytes / 1_048_576; // bytes of one

const en: ApiWords = {
  title: "For programs",
  lead: "Everything on this site is there for programs, too, and an error can be explained by one request.",
  needsServer:
    "This copy of the site is plain files. What explains needs a server: `npx holdfast web` starts one on your machine.",
  ask: "Explain an error",
  askLead: "The answer is one JSON object, the same as that of the command with `--json`.",
  notKnown:
    "“Not known” is an answer and no mistake: status 200, with `known: false`. An answer to a question that was asked goes into the address, as `?answer=QUESTION=ANSWER`.",
  mistakes: "A mistake gets 400, 404, 405, 413 or 415, and an object `error` that says what was expected.",
  addresses: "Addresses",
  post: `explains text, or JSON with text and answers; at most ${bodyMiB} MiB`,
  get: `explains one line of at most ${maxLineLetters} letters; logs do not belong in addresses`,
  list: `all entries in short; filters: ${[...filterNames, "q"].join(", ")}`,
  entry: "one entry, whole",
  forms: "the same beside its page, also as Markdown",
  all: "all entries, one JSON object a line; everything in one list",
  described: "the description of all this, OpenAPI 3.1",
  schemas: "JSON Schema of an entry, and of the format that it extends",
  elsewhere: "The same without a server",
  command: "The command, for scripts:",
  agent: "For an AI agent, over MCP:",
  library: "The library, in Node and in a browser:",
};

const zh: ApiWords = {
  title: "供程序使用",
  lead: "本站的全部内容也可供程序读取，一个请求就能解释一条错误。",
  needsServer: "本站的这份副本是纯文件。解释错误需要服务器：`npx holdfast web` 会在你的电脑上启动一个。",
  ask: "解释一条错误",
  askLead: "答案是一个 JSON 对象，与命令加 `--json` 的输出相同。",
  notKnown:
    "“不认识”是答案而不是错误：状态为 200，`known` 为 `false`。对所提问题的回答写在地址里：`?answer=QUESTION=ANSWER`。",
  mistakes: "请求有误时返回 400、404、405、413 或 415，以及一个 `error` 对象，说明应当怎样写。",
  addresses: "地址",
  post: `解释文本，或带有 text 和 answers 的 JSON；最多 ${bodyMiB} MiB`,
  get: `解释一行，最多 ${maxLineLetters} 个字符；日志不应放在地址里`,
  list: `全部条目的摘要；筛选条件：${[...filterNames, "q"].join("、")}`,
  entry: "一个完整的条目",
  forms: "与页面并列的同一内容，也有 Markdown",
  all: "全部条目，每行一个 JSON 对象；以及一份总清单",
  described: "以上全部的描述，OpenAPI 3.1",
  schemas: "条目的 JSON Schema，以及它所扩展的格式",
  elsewhere: "不用服务器也一样",
  command: "命令，供脚本使用：",
  agent: "供 AI 代理使用，通过 MCP：",
  library: "程序库，可用于 Node 和浏览器：",
};

const apiWords: Readonly<Record<Language, ApiWords>> = { en, zh };

const error = "14 UNAVAILABLE: Connection dropped";
/** Where `holdfast web` listens when nobody says otherwise. */
const address = "http://127.0.0.1:4270";

export function apiPage({ language, medium, link, asset }: PageContext): Page {
  const words = apiWords[language];
  const to = (path: string): Markup => html`<a href="${asset(path)}"><code>${path}</code></a>`;
  const rows: readonly (readonly [name: Markup, says: string])[] = [
    [html`<code>POST /api/v1/explain</code>`, words.post],
    [html`<code>GET /api/v1/explain?text=</code>`, words.get],
    [to("/api/v1/entries"), words.list],
    [to("/api/v1/entries/tcp/fin-inflight"), words.entry],
    [
      html`${to("/tcp/fin-inflight.json")}, <a href="${link("/tcp/fin-inflight.md")}"><code>.md</code></a>`,
      words.forms,
    ],
    [html`${to("/entries.ndjson")}, ${to("/llms.txt")}`, words.all],
    [to("/openapi.json"), words.described],
    [html`${to("/schema/record.json")}, ${to("/schema/received-record.json")}`, words.schemas],
  ];
  return {
    title: words.title,
    description: words.lead,
    body: html`<div class="index">
      <h1>${words.title}</h1>
      <p class="lead-in">${words.lead}</p>
      ${medium === "files" && html`<p class="own-notice">${inlineCode(words.needsServer)}</p>`}
      <section aria-labelledby="ask">
        <h2 id="ask">${words.ask}</h2>
        ${code(`curl -H content-type:text/plain --data-binary @app.log \\\n  ${address}/api/v1/explain`)}
        ${code(`curl --json '{"text": "${error}", "answers": {"goaway-before": "no"}}' \\\n  ${address}/api/v1/explain`)}
        <p>${inlineCode(words.askLead)}</p>
        <p>${inlineCode(words.notKnown)}</p>
        <p>${inlineCode(words.mistakes)}</p>
      </section>
      <section aria-labelledby="addresses">
        <h2 id="addresses">${words.addresses}</h2>
        <dl class="entries">
          ${rows.map(
            ([name, says]) =>
              html`<dt>${name}</dt>
                <dd>${says}</dd> `,
          )}
        </dl>
      </section>
      <section aria-labelledby="elsewhere">
        <h2 id="elsewhere">${words.elsewhere}</h2>
        <p>${words.command}</p>
        ${code(`npx holdfast explain --json '${error}'`)}
        <p>${words.agent}</p>
        ${code(`npx holdfast mcp`)}
        <p>${words.library}</p>
        ${code(`import { explain } from "@holdfast/catalog";\n\nconst { known, findings } = explain(${JSON.stringify(error)});`)}
      </section>
    </div>`,
  };
}

/** Scrolls sideways, so a keyboard must get there. */
function code(text: string): Markup {
  return html`<pre tabindex="0" translate="no"><code>${text}</code></pre> `;
}
