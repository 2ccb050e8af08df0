/**
 * Owns what every server of the lab in Node does: read the order, say what it cannot do, keep the journal, answer the four
 * kinds of calls, stop at SIGTERM, end with the parent. How a call gets in and out is the server's own file's.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { asideCallId, readCallId, warmUpCallId } from "../call-message.ts";
import { openJournal } from "../demo/journal.ts";
import type { DrivenCall } from "../drivers/trial-client.ts";
import type { ServerLine, ServerOrder, ServerSettings } from "./server-order.ts";

/** The answers to one call; `field` reads the request's metadata. */
export type Answer = (
  kind: DrivenCall["kind"],
  requests: AsyncIterable<Uint8Array>,
  field: (name: string) => string | undefined,
) => AsyncGenerator<Uint8Array, void>;

export interface StoppableServer {
  readonly port: number;
  /** Resolves when no call is open any more. */
  stop(): Promise<void>;
  stopAtOnce(): void | Promise<void>;
}

export interface LabServer {
  readonly versions: Readonly<Record<string, string>>;
  /** Settings that the server does not have, with the reason in words. */
  readonly cannot: Readonly<Partial<Record<keyof ServerSettings, string>>>;
  /** Resolves when the server takes calls. */
  listen(order: ServerOrder, answer: Answer): Promise<StoppableServer>;
}

const defaultHandlerMs = 5;

export async function serveLab(server: LabServer): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? "null") as ServerOrder;
  process.stdin.on("end", () => process.exit()).resume();
  print({ kind: "versions", versions: { ...server.versions, node: process.versions.node } });
  for (const setting of Object.keys(order.settings) as (keyof ServerSettings)[]) {
    const why = server.cannot[setting];
    if (why === undefined) continue;
    print({ kind: "unsupported", setting, why });
    process.exit();
  }
  try {
    const running = await server.listen(order, answerWith(order));
    process.once("SIGTERM", () => void stop(running, order.settings));
    print({ kind: "listening", port: running.port });
  } catch (error) {
    print({ kind: "failed", text: String(error) });
    process.exit();
  }
}

async function stop(running: StoppableServer, { onSigterm = "graceful", graceMs }: ServerSettings): Promise<void> {
  if (onSigterm === "graceful") {
    const late = graceMs === undefined ? [] : [sleep(graceMs)];
    await Promise.race([running.stop(), ...late]);
  }
  if (onSigterm !== "exit") await running.stopAtOnce();
  process.exit();
}

function answerWith({ journal: path, settings }: ServerOrder): Answer {
  const journal = openJournal(path);
  const execute = async (message: Uint8Array): Promise<void> => {
    const id = readCallId(message);
    if (id === warmUpCallId) return;
    if (id === asideCallId) await new Promise(() => {});
    journal.write(String(id));
    print({ kind: "executed" });
    await sleep(settings.handlerMs ?? defaultHandlerMs);
  };
  return async function* (kind, requests, field) {
    const count = Number(field("lab-messages") ?? 1);
    const everyMs = Number(field("lab-message-every-ms") ?? 0);
    let taken = 0;
    for await (const request of requests) {
      if (taken++ === 0) await execute(request);
      if (kind === "bidi-streaming") yield empty;
    }
    if (kind === "unary" || kind === "client-streaming") yield empty;
    for (let sent = 0; kind === "server-streaming" && sent < count; sent++) {
      if (sent > 0) await sleep(everyMs);
      yield empty;
    }
  };
}

/** A google.protobuf.BytesValue without bytes. */
const empty = new Uint8Array();

/** Node writes to a pipe at once, so a line is out before what comes after it. */
function print(line: ServerLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
