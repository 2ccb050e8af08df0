#!/usr/bin/env node
/** The program behind the `holdfast` command. The command itself is `command.ts`. */

import { runCommand } from "./command.ts";

process.exitCode = await runCommand(process.argv.slice(2));
