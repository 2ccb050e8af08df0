/** Runs `holdfast tap`: from the command line to the last line. What passes is the probe's to decode and to judge. */

import { nodeHost } from "@holdfast/grpc/host";
import { createTap, isWanted, type Tap, type TapFilter } from "@holdfast/probe/tap";
import { screen } from "../catalog/screen.ts";
import { exitStatus } from "../exit-status.ts";
import { CaptureWriter } from "./capture-writer.ts";
import type { TapFlags } from "./tap-command.ts";
import { readTapPlan } from "./tap-plan.ts";
import { TapPrinter } from "./tap-printer.ts";

/** `fail` prints a mistake and does not return. Resolves with the exit status when the tap is over. */
export async function runTap(flags: TapFlags, fail: (message: string) => never): Promise<number> {
  const { options, caToShow } = await readTapPlan(flags, fail);
  if (caToShow !== undefined) {
    process.stderr.write(
      `clients have to trust this authority, which is of this run only (--save-ca FILE saves it):\n`,
    );
    process.stderr.write(`${caToShow.trimEnd()}\n`);
  }
  const { lineColumns: columns, paint } = screen();
  const printer = new TapPrinter(process.stdout, flags.json === true, { columns, paint });
  const filter = filterOf(flags);
  const capture = captureOf(flags, fail);
  const trouble = await new Promise<string | undefined>((resolve) => {
    const host = nodeHost();
    const tap = createTap(host, options, {
      onEvent: (event) => {
        capture?.event(event);
        if (isWanted(event, filter)) printer.print(event);
      },
      ...(capture === undefined
        ? {}
        : { onBytes: (connection, from, bytes) => capture.bytes(connection, from, bytes, host.wallMs()) }),
      onClosed: (why) => {
        leave();
        resolve(why);
      },
    });
    const leave = stopWhenAsked(tap, flags.for);
  });
  await capture?.close();
  if (capture !== undefined && capture.lost > 0) {
    process.stderr.write(`holdfast tap: --capture: the disk was too slow, ${capture.lost} writes are missing\n`);
  }
  if (trouble !== undefined) return fail(`cannot listen on ${flags.listen}: ${trouble}`);
  return exitStatus.fine;
}

function captureOf({ capture }: TapFlags, fail: (message: string) => never): CaptureWriter | undefined {
  if (capture === undefined) return undefined;
  try {
    return new CaptureWriter(capture, (message) => {
      process.stderr.write(`holdfast tap: --capture: ${message}; nothing more is captured\n`);
    });
  } catch (error) {
    return fail(`--capture: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** By signal, by time, or because nobody reads any more (`| head`). The returned function lets go of all that. */
function stopWhenAsked(tap: Tap, forMs: number | undefined): () => void {
  const stop = (): void => tap.stop();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  process.stdout.on("error", stop);
  const timer = forMs === undefined ? undefined : setTimeout(stop, forMs);
  return () => {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, stop);
  };
}

function filterOf({ connection, stream, type, path, onlyEnds }: TapFlags): TapFilter {
  return {
    ...(connection === undefined ? {} : { connections: connection }),
    ...(stream === undefined ? {} : { streams: stream }),
    ...(type === undefined ? {} : { types: type }),
    ...(path === undefined ? {} : { path }),
    onlyEnds: onlyEnds === true,
  };
}
