/** The face `@holdfast/catalog/render`: records as pages, Markdown, terminal text and JSON. Pure, in Node and in a browser. */

export { recordHtml, recordHtmlDocument, type HtmlLinks, type HtmlOptions } from "./html.ts";
export { escapeHtml, htmlProse, htmlSpans } from "./html-text.ts";
export { recordJson } from "./json.ts";
export { markdownCode } from "./markdown-code.ts";
export { recordMarkdown, type MarkdownOptions } from "./markdown.ts";
export { plainRecord } from "./plain-record.ts";
export { isEntryRecord, viewRecord, type RecordView } from "./record-view.ts";
export { recordText, type TextOptions, type TextPaint } from "./text.ts";
export { words, type Words } from "./words/words.ts";
