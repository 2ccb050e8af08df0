#!/usr/bin/env node
/** `npx holdfast …` in a checkout: the same set-up as `npm start`, then the command itself, in this process. */
import { setUpOrExit } from "../scripts/set-up.mjs";

await setUpOrExit();
await import("../packages/holdfast/dist/main.js");
