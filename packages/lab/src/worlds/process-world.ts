/**
 * Owns the world of a real server in a process of its own, with a relay before it where faults are asked for. Trials of an arm
 * share one process, unless something is to be done to it: numbers of calls are unique, so they can share its journal.
 */

import type { MakeWorld, Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import type { Fault } from "../fault/fault.ts";
import type { Certificate } from "../peer/certificate.ts";
import { createCertificate } from "../peer/certificate.ts";
import { Relay } from "../relay/relay.ts";
import type { ServerId, ServerSettings } from "../subjects/server-order.ts";
import { startServer } from "../subjects/start-server.ts";
import type { RunningServer } from "../subjects/start-server.ts";

export interface ProcessWorldOptions {
  readonly settings?: ServerSettings;
  /** TLS all the way, with a certificate that is made now. Default: false. */
  readonly tls?: boolean;
  /** What is done to the server while the trial runs; it has a process of its own then. It is not waited for. */
  readonly play?: (server: RunningServer, trial: Trial) => void | Promise<void>;
  /** The faults of the n-th connection of a trial, counted from 1, at a relay before the server. Default: no relay. */
  readonly faults?: (ordinal: number, trial: Trial) => readonly Fault[];
}

/** 2^32-1: seeds are 32 bits. */
const maxUint32 = 0xffff_ffff;

export function processWorld(server: ServerId, options: ProcessWorldOptions = {}): MakeWorld {
  const { settings = {}, tls = false, play } = options;
  const certificate = tls ? createCertificate() : undefined;
  const start = (): Promise<RunningServer> =>
    startServer(server, { settings, ...(certificate !== undefined && { certificate }) });
  const shared = new SharedServer(start);
  return async (trial) => {
    const running = play === undefined ? await shared.take() : await start();
    const leave = (): Promise<void> => (play === undefined ? shared.leave() : running[Symbol.asyncDispose]());
    const notes: string[] = [];
    const relay = await relayBefore(running, trial, options.faults, certificate);
    void (async () => play?.(running, trial))().catch((error: unknown) =>
      notes.push(`what was to be done to the server broke: ${String(error)}`),
    );
    return {
      target: `127.0.0.1:${relay?.port ?? running.port}`,
      ...(certificate !== undefined && { caPem: certificate.certPem }),
      executions: (callId) => running.executions(callId),
      get frames() {
        return relay?.frames ?? [];
      },
      notes,
      async [Symbol.asyncDispose]() {
        await relay?.close();
        await leave();
      },
    } satisfies World;
  };
}

/** One server for as long as somebody has it. */
class SharedServer {
  readonly #start: () => Promise<RunningServer>;
  #running: Promise<RunningServer> | undefined;
  #users = 0;

  constructor(start: () => Promise<RunningServer>) {
    this.#start = start;
  }

  take(): Promise<RunningServer> {
    this.#users++;
    return (this.#running ??= this.#start());
  }

  async leave(): Promise<void> {
    if (--this.#users > 0) return;
    const running = this.#running;
    this.#running = undefined;
    await (await running)?.[Symbol.asyncDispose]();
  }
}

/** For faults, and for a recording; a certificate is both sides', so the relay can read what it carries. */
async function relayBefore(
  { port }: RunningServer,
  trial: Trial,
  faults: ProcessWorldOptions["faults"],
  certificate: Certificate | undefined,
): Promise<Relay | undefined> {
  if (faults === undefined && !trial.recorded) return undefined;
  const relay = new Relay({
    to: { host: "127.0.0.1", port, ...(certificate !== undefined && { tls: { caPem: certificate.certPem } }) },
    faults: (ordinal) => faults?.(ordinal, trial) ?? [],
    seed: trial.between(1, maxUint32),
    record: true,
    ...(certificate !== undefined && { certificate }),
  });
  await relay.start();
  return relay;
}
