/** A diagnosis in words: for a terminal, as JSON, as a page. */

export { diagnosisHtml } from "./report-html.ts";
export { diagnosisJson, reportFormat } from "./report-json.ts";
export { diagnosisText, headText, stepText, summaryText, type TextScreen } from "./report-text.ts";
