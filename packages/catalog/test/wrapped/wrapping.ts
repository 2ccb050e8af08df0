/** One way in which programs and people wrap a text, and what the tables of them share. */

export interface Wrapping {
  readonly name: string;
  wrap(text: string): string;
}

/** A wrapping that writes each line of the text its own way. */
export function eachLine(name: string, wrapLine: (line: string, index: number) => string): Wrapping {
  return { name, wrap: (text) => text.split("\n").map(wrapLine).join("\n") };
}

/** A wrapping that puts something in front of the first line, behind the last, or both. */
export function around(name: string, before: string, behind = ""): Wrapping {
  return { name, wrap: (text) => before + text + behind };
}

/** Every line behind the first, or all of them, further in. */
export function indented(text: string, indent: string): string {
  return text.split("\n").join(`\n${indent}`);
}

/** Words moved to the next line wherever a line would be longer. */
export function hardWrapped(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const lines = [""];
      for (const word of line.split(" ")) {
        const last = lines.at(-1) ?? "";
        if (last !== "" && last.length + 1 + word.length > columns) lines.push(word);
        else lines[lines.length - 1] = lines.length === 1 && last === "" ? word : `${last} ${word}`;
      }
      return lines;
    })
    .join("\n");
}
