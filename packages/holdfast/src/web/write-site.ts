/**
 * Writes the site into a folder. A folder that holds other things is left alone: only one that an export made, which a
 * list of its files marks, is written again, and what is on that list and no longer part of the site is removed.
 */

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileOf } from "./address.ts";
import type { CatalogView } from "./catalog-view.ts";
import { siteFiles } from "./site-files.ts";

export interface WriteOptions {
  /** Where the site will be published, without a slash at its end. Default: a name that is nobody's (RFC 6761, 6.4). */
  readonly url?: string;
  /** Write beside files of somebody else. Default: refuse. */
  readonly isForced?: boolean;
}

/** A folder that cannot be written into; the message says which and why. */
export class SiteFolderError extends Error {}

const listName = ".holdfast-site";
const nobodysUrl = "https://holdfast.invalid";

export function writeSite(
  folder: string,
  catalog: CatalogView,
  { url = nobodysUrl, isForced = false }: WriteOptions = {},
): { readonly files: number } {
  try {
    const before = filesBefore(folder, isForced);
    const site = siteFiles({ catalog, medium: "files" });
    const names = new Set([...site.keys()].map(fileOf));
    makeFolder(folder);
    // First, so that an export that broke off half way can be repeated.
    writeList(folder, [...before, ...names]);
    for (const [address, file] of site) {
      const target = path.join(folder, fileOf(address));
      makeFolder(path.dirname(target));
      writeFileSync(target, file.body(url));
    }
    for (const name of before) if (!names.has(name)) removeOld(folder, name);
    writeList(folder, [...names]);
    return { files: names.size };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new SiteFolderError(`${folder}: cannot be written: ${message}`);
  }
}

/**
 * One level after the other, since Node's recursive `mkdirSync` never returns where the system says ENOENT although the
 * parent is there, as /proc does.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(path.resolve(folder));
  makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new SiteFolderError(`${folder}: cannot be written: ${parent} takes no new folders`);
  }
}

/** What an earlier export wrote. Throws when the folder is somebody else's. */
function filesBefore(folder: string, isForced: boolean): readonly string[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) throw new SiteFolderError(`${folder}: is a file; name a folder`);
  const list = path.join(folder, listName);
  if (existsSync(list)) return readFileSync(list, "utf8").split("\n").filter(isInside);
  if (!isForced && readdirSync(folder).length > 0) {
    throw new SiteFolderError(`${folder}: holds files that no export wrote; name another folder, or give --force`);
  }
  return [];
}

function writeList(folder: string, names: readonly string[]): void {
  writeFileSync(path.join(folder, listName), [...new Set(names)].sort().join("\n") + "\n");
}

function isInside(name: string): boolean {
  return name !== "" && !path.isAbsolute(name) && !name.split(/[\\/]/).includes("..");
}

/** Files alone, and only those that really lie in the folder: a list that somebody else wrote must remove none outside, nor through a link. */
function removeOld(folder: string, name: string): void {
  const target = path.join(folder, name);
  if (lstatSync(target, { throwIfNoEntry: false })?.isFile() !== true) return;
  const below = path.relative(realpathSync(folder), realpathSync(path.dirname(target)));
  if (below === "" || isInside(below)) rmSync(target);
}
