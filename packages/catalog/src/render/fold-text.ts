/** Breaks text into lines of a terminal: Chinese letters take two columns and may be parted anywhere. */

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
/** A Chinese letter with the punctuation that must not begin a line, or a word. */
const pieces =
  /[\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60](?:[，。；：！？、）》」』”])*|[^\s\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]+|\s+/gu;

export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += wide.test(letter) ? 2 : 1;
  return columns;
}

/** Line feeds are kept; a word longer than a line is left whole, so that commands can be copied. */
export function foldText(text: string, columns: number): readonly string[] {
  return text.split("\n").flatMap((line) => foldLine(line, columns));
}

function foldLine(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const [piece] of text.matchAll(pieces)) {
    const takes = columnsOf(piece);
    if (used + takes > columns && line.trim() !== "" && piece.trim() !== "") {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    if (line === "" && lines.length > 0 && piece.trim() === "") continue;
    line += piece;
    used += takes;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** At most `columns` wide; what was cut is shown by an ellipsis. */
export function clipText(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let used = 0;
  for (const letter of text) {
    const takes = columnsOf(letter);
    if (used + takes > columns - 1) break;
    kept += letter;
    used += takes;
  }
  return `${kept}…`;
}
