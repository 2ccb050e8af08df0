/**
 * Stories in files: blocks that other encoders made. Our own are always there; HOLDFAST_HPACK_STORIES names a folder of
 * more, one folder for each encoder, in the story format of the http2jp project.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultTableSize, type Story } from "./story.ts";

const ownFolder = fileURLToPath(new URL("../data/hpack/", import.meta.url));

export function ownStories(): Story[] {
  return jsonFiles(ownFolder).flatMap((file) => {
    interface OwnCase {
      readonly list: string[];
      readonly tableSizes?: number[];
      readonly wire: Record<string, string>;
    }
    const { cases } = JSON.parse(readFileSync(join(ownFolder, file), "utf8")) as { cases: OwnCase[] };
    return Object.keys(cases[0]?.wire ?? {}).map((encoder) => ({
      name: `${file} by ${encoder}`,
      maxTableSize: defaultTableSize,
      cases: cases.map(({ list, tableSizes = [], wire }) => {
        return { list, tableSizes, block: Buffer.from(wire[encoder] ?? "", "hex") };
      }),
    }));
  });
}

/** The folder of more stories; undefined where none is named. */
export const foreignFolder = process.env["HOLDFAST_HPACK_STORIES"];

/** For the name of a suite that needs the folder. */
export const foreignMissing = foreignFolder === undefined ? " (skipped: HOLDFAST_HPACK_STORIES names no folder)" : "";

/** None where no folder is named. `header_table_size` there is the setting in force; some name it only where it changes. */
export function foreignStories(): Story[] {
  if (foreignFolder === undefined) return [];
  const folder = foreignFolder;
  interface ForeignCase {
    readonly wire: string;
    readonly headers: Record<string, string>[];
    readonly header_table_size?: number | null;
  }
  const encoders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return encoders.flatMap((encoder) =>
    jsonFiles(join(folder, encoder.name)).map((file) => {
      const text = readFileSync(join(folder, encoder.name, file), "utf8");
      const { cases } = JSON.parse(text) as { cases: ForeignCase[] };
      const maxTableSize = cases[0]?.header_table_size ?? defaultTableSize;
      let before = maxTableSize;
      return {
        name: `${encoder.name}/${file}`,
        maxTableSize,
        cases: cases.map(({ wire, headers, header_table_size }) => {
          const size = header_table_size ?? before;
          const tableSizes = size === before ? [] : [size];
          before = size;
          return {
            list: headers.flatMap((field) => Object.entries(field).flat()),
            tableSizes,
            block: Buffer.from(wire, "hex"),
          };
        }),
      };
    }),
  );
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".json"));
}
