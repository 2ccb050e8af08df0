/** `@holdfast/probe/tap`: a relay that tells every frame that passes, and how each connection ended. */

export { captureHead, CapturedConnection } from "./capture-file.ts";
export { placeText } from "./place-text.ts";
export { createTap, type Tap, type TapEvents } from "./tap.ts";
export type { TapAct, TapCount, TapEnding, TapEvent } from "./tap-event.ts";
export type { TapOptions } from "./tap-options.ts";
export { isWanted, type TapFilter } from "./tap-filter.ts";
export { endingText, type TapLines, tapLines } from "./tap-line.ts";
