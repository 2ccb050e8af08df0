/** Owns what is seen while an experiment runs: a block of bars for each client, or a line for each arm. */

import type { Progress } from "@holdfast/lab/experiment";
import { LiveScreen } from "../demo/live-screen.ts";
import type { Paint } from "../demo/paint.ts";
import type { ArmTally } from "./arm-bar.ts";
import { barOf, noTrialYet, tallied, tallyWords } from "./arm-bar.ts";

export interface ProveScreen {
  onProgress(progress: Progress): void;
  /** The last block stays as it is. */
  finish(): void;
}

interface SeenArm {
  readonly arm: string;
  readonly says: string;
  readonly wanted: number;
  tally: ArmTally;
  /** Instead of counts. */
  told?: string;
}

const clientWidth = 13;
/** Where there is no terminal: wide enough for what cannot be set, and why. */
const plainColumns = 120;
const armWidth = 26;
/** `60/60 survived · 28 twice · 12 unsettled`. */
const wordsWidth = 42;

export function proveScreen(out: NodeJS.WriteStream, paint: Paint): ProveScreen {
  const isLive = out.isTTY && !process.env["CI"];
  return isLive ? new LiveBlocks(out, paint) : new PlainLines(out, paint);
}

class LiveBlocks implements ProveScreen {
  readonly #out: NodeJS.WriteStream;
  readonly #paint: Paint;
  #client: string | undefined;
  #arms: SeenArm[] = [];
  #screen: LiveScreen | undefined;

  constructor(out: NodeJS.WriteStream, paint: Paint) {
    this.#out = out;
    this.#paint = paint;
  }

  onProgress(progress: Progress): void {
    if (progress.client !== this.#client) {
      this.finish();
      this.#client = progress.client;
      this.#arms = [];
      this.#screen = new LiveScreen(this.#out as ConstructorParameters<typeof LiveScreen>[0]);
    }
    note(this.#arms, progress);
    this.#screen?.draw(this.#lines());
  }

  finish(): void {
    this.#screen?.finish(this.#lines());
    this.#screen = undefined;
  }

  #lines(): readonly string[] {
    const columns = this.#out.columns || 80;
    const lines = this.#arms.map((arm) => armLine(arm, columns, this.#paint));
    return [this.#paint.strong(this.#client ?? ""), ...lines];
  }
}

class PlainLines implements ProveScreen {
  readonly #out: NodeJS.WriteStream;
  readonly #paint: Paint;
  #arms: SeenArm[] = [];

  constructor(out: NodeJS.WriteStream, paint: Paint) {
    this.#out = out;
    this.#paint = paint;
  }

  onProgress(progress: Progress): void {
    if (progress.kind === "arm") this.#arms = [];
    note(this.#arms, progress);
    if (progress.kind !== "arm-ended") return;
    for (const arm of this.#arms)
      this.#out.write(`${progress.client.padEnd(clientWidth)}${armLine(arm, plainColumns, this.#paint)}\n`);
  }

  finish(): void {}
}

function note(arms: SeenArm[], progress: Progress): void {
  if (progress.kind === "arm") {
    const { arm, says, trials } = progress;
    arms.push({ arm, says, wanted: trials, tally: noTrialYet });
    return;
  }
  const last = arms.at(-1);
  if (last === undefined) return;
  if (progress.kind === "trial") last.tally = tallied(last.tally, progress.outcome);
  else if (progress.run.kind === "unsupported") last.told = `cannot be set: ${progress.run.why}`;
  else if (progress.run.kind === "skipped") last.told = `not here: ${progress.run.why}`;
  else {
    const { trials, survived, executedTwice, neverSettled, broken } = progress.run.count;
    last.tally = { trials, survived, executedTwice, neverSettled, broken, failed: trials - survived };
  }
}

function armLine({ arm, wanted, tally, told }: SeenArm, columns: number, paint: Paint): string {
  const name = `  ${clipped(arm === "control" ? "nothing done" : arm, armWidth - 3).padEnd(armWidth - 3)} `;
  if (told !== undefined) return name + paint.faint(clipped(told, columns - armWidth));
  const width = Math.max(10, Math.min(40, columns - armWidth - wordsWidth - 2));
  return `${name}${barOf(tally, wanted, width, paint)}  ${tallyWords(tally, paint)}`;
}

function clipped(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
