/** The connection that steps share; a new one where the last one ended under a step. */

import { openWire, type Wire } from "../wire/index.ts";
import type { ProbeContext } from "./step.ts";

/** Undefined: there never was HTTP/2 here, or there is none any more. */
export async function wireAgain(context: ProbeContext): Promise<Wire | undefined> {
  const { wire, network, target, address, tls } = context;
  if (wire === undefined || wire.met.settings === undefined) return undefined;
  if (wire.isOpen && !isLeaving(wire)) return wire;
  const { host, port, authority, answerMs } = target;
  const limits = { connectMs: answerMs, tlsMs: answerMs, settingsMs: answerMs };
  const next = openWire({
    ...{ host, port, limits, network },
    ...(address === undefined ? {} : { resolve: address }),
    ...(authority === undefined ? {} : { authority }),
    ...(tls === undefined ? {} : { tls }),
  });
  context.wires.push(next);
  if ((await next.opened).kind === "failed") return undefined;
  context.wire = next;
  return next;
}

/** A server that said GOAWAY takes nothing new there, RFC 9113 §6.8. */
export function isLeaving({ log }: Wire): boolean {
  return log.frames.some((frame) => frame.from === "server" && frame.kind === "goaway");
}
