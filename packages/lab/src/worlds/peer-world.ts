/** Owns the world of one scripted peer: a script for each connection that the client makes. */

import type { Trial } from "../experiment/experiment.ts";
import { WireRecording } from "../experiment/wire-recording.ts";
import type { World } from "../experiment/world.ts";
import type { Certificate } from "../peer/certificate.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { Peer } from "../peer/peer.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import { wellBehaved } from "../peer/peer-script.ts";

export type ScriptOf = (ordinal: number) => PeerScript;

export interface PeerWorldOptions {
  /** Serve TLS with this certificate, which the client trusts. Default: plain TCP. */
  readonly certificate?: Certificate;
  /** What TLS chooses from. Default: `h2`. */
  readonly alpn?: readonly string[];
}

/** @param scriptOf The script of the n-th connection, counted from 1. */
export async function peerWorld(trial: Trial, scriptOf: ScriptOf, options: PeerWorldOptions = {}): Promise<World> {
  const recording = trial.recorded ? new WireRecording() : undefined;
  const peer = new Peer({
    scriptOf,
    ...options,
    ...(recording === undefined ? {} : { watchOf: (ordinal) => recording.watch(ordinal) }),
  });
  await peer.start();
  return {
    target: `127.0.0.1:${peer.port}`,
    ...(options.certificate === undefined ? {} : { caPem: options.certificate.certPem }),
    executions: (callId) => peer.ledger.executions(callId),
    ...(recording === undefined ? {} : { frames: recording.frames }),
    notes: peer.notes,
    [Symbol.asyncDispose]: () => peer.close(),
  };
}

export interface EventOptions {
  /** The event comes on each of the first so many connections; later ones serve every call. Default: 1. */
  readonly connections?: number;
  /** SETTINGS of the connections with the event. */
  readonly settings?: PeerScript["settings"];
}

/** Scripts for an event on the first connections. */
export function eventOn(
  play: (connection: PeerConnection) => void | Promise<void>,
  options: EventOptions = {},
): ScriptOf {
  const { connections = 1, settings } = options;
  const script: PeerScript = settings === undefined ? { play } : { settings, play };
  return (ordinal) => (ordinal <= connections ? script : wellBehaved);
}
