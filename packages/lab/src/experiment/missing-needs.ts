/** Owns the question whether this machine has the programs that an experiment needs. */

import fs from "node:fs";
import path from "node:path";
import { driverOf } from "../drivers/drivers.ts";
import { clientIds } from "./experiment.ts";

/** Those of the names that are neither a library that the drivers have found here nor a program in a folder of PATH. */
export function missingNeeds(needs: readonly string[], search: string = process.env["PATH"] ?? ""): readonly string[] {
  const folders = search.split(path.delimiter).filter((folder) => folder !== "");
  return needs.filter((name) => {
    const client = clientIds.find((id) => id === name);
    if (client !== undefined) return "absent" in driverOf(client);
    return !folders.some((folder) => isProgram(path.join(folder, name)));
  });
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
