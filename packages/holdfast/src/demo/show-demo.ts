/** Owns a demo run as the user meets it: screen or lines, Ctrl-C, the last words, the exit status. */

import type { DemoPlan, DemoResult, DemoView } from "@holdfast/lab/demo";
import type * as DemoLab from "@holdfast/lab/demo";
import { exitStatus } from "../exit-status.ts";
import { endingLines } from "./ending.ts";
import { frameLines } from "./frame.ts";
import { LiveScreen } from "./live-screen.ts";
import type { Paint } from "./paint.ts";
import { ansiPaint, noPaint } from "./paint.ts";
import { progressLine } from "./progress-line.ts";
import { recordOf, writeFailures } from "./record.ts";

/** Often enough to look alive, seldom enough to cost nothing beside the clients. */
const redrawEveryMs = 250;
const lineEveryMs = 2_000; // of the load: one for each restart

/** Where there is no terminal to ask, lines of this width. */
const plainColumns = 80;

interface Display {
  /** Stops drawing; the last picture and the last words stay. */
  finish(result: DemoResult, file: string | undefined): void;
  /** Stops drawing; what was seen so far stays. */
  leave(view: DemoView): void;
}

/** Runs the demo and shows it; resolves with the exit status. */
export async function showDemo(lab: typeof DemoLab, plan: DemoPlan, json: boolean): Promise<number> {
  const demo = new lab.Demo(plan);
  const display = json
    ? jsonDisplay()
    : process.stdout.isTTY && !process.env["CI"]
      ? liveDisplay(demo)
      : lineDisplay(demo);
  const unlisten = listenToUser(demo);
  try {
    const result = await demo.run();
    const file = result.verdict?.passed === false ? writeFailures(result, Date.now()) : undefined;
    display.finish(result, file);
    return result.verdict?.passed === true ? exitStatus.fine : exitStatus.wrong;
  } catch (error) {
    if (!(error instanceof lab.DemoTrouble)) throw error;
    display.leave(demo.view());
    process.stderr.write(`holdfast demo: ${error.message}\n${error.detail === "" ? "" : `${error.detail}\n`}`);
    return exitStatus.wrong;
  } finally {
    unlisten();
  }
}

type RunningDemo = InstanceType<typeof DemoLab.Demo>;

/** Once: end cleanly. Twice: end now. Nobody reads any more: end now, too. */
function listenToUser(demo: RunningDemo): () => void {
  let asked = false;
  const onSignal = (): void => {
    if (asked) demo.abort();
    else demo.stop();
    asked = true;
  };
  const onDeaf = (): void => demo.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  process.stdout.on("error", onDeaf);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

/** NO_COLOR, https://no-color.org: set to anything but nothing. */
function paintOf(): Paint {
  return process.stdout.isTTY && !process.env["NO_COLOR"] ? ansiPaint : noPaint;
}

function liveDisplay(demo: RunningDemo): Display {
  const paint = paintOf();
  const screen = new LiveScreen(process.stdout);
  const draw = (): void => screen.draw(["", ...frameLines(demo.view(), screen.columns, paint)]);
  draw();
  const drawing = setInterval(draw, redrawEveryMs);
  const last = (view: DemoView, words: readonly string[]): void => {
    clearInterval(drawing);
    screen.finish(["", ...frameLines(view, screen.columns, paint), "", ...words]);
  };
  return {
    finish: (result, file) => last(result.view, endingLines(result, file, paint)),
    leave: (view) => last(view, []),
  };
}

function lineDisplay(demo: RunningDemo): Display {
  const paint = paintOf();
  const say = (lines: readonly string[]): void => void process.stdout.write(`${lines.join("\n")}\n`);
  let restartsShown = 0;
  let toldMs = 0;
  say([progressLine(demo.view(), 0)]);
  const telling = setInterval(() => {
    const view = demo.view();
    if (view.elapsedMs < toldMs + lineEveryMs) return;
    toldMs += lineEveryMs;
    say([progressLine(view, restartsShown)]);
    restartsShown = view.restarts.length;
  }, redrawEveryMs);
  const last = (view: DemoView, words: readonly string[]): void => {
    clearInterval(telling);
    say(["", ...frameLines(view, plainColumns, paint), "", ...words]);
  };
  return {
    finish: (result, file) => last(result.view, endingLines(result, file, paint)),
    leave: (view) => last(view, []),
  };
}

/** Stdout holds the object and nothing else. */
function jsonDisplay(): Display {
  return {
    finish: (result, file) => {
      process.stdout.write(`${JSON.stringify(recordOf(result, file))}\n`);
      if (file !== undefined) process.stderr.write(`holdfast demo: ids and reports: ${file}\n`);
    },
    leave: () => {},
  };
}
