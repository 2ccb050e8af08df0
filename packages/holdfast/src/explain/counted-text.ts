/** What an experiment counted of an advice, as short as an answer shows it. The whole of it is on the entry's page. */

import type { EntryRecord, Language } from "@holdfast/catalog";

/** ` (tried: 300 of 300 survived, 146 executed twice)`; empty where nothing was counted. */
export function countedText(measured: EntryRecord["workarounds"][number]["measured"], language: Language): string {
  if (measured === null) return "";
  const { survived, trials, executed_twice: twice } = measured;
  if (language === "zh")
    return `（试过：${trials} 次中 ${survived} 次存活${twice === 0 ? "" : `，${twice} 次执行两遍`}）`;
  return ` (tried: ${survived} of ${trials} survived${twice === 0 ? "" : `, ${twice} executed twice`})`;
}
