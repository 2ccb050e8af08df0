/** Tries addresses one after the other until one takes the connection, and notes what became of each. */

import type { Host, Socket, SocketError, SocketEvents, TlsSession } from "@holdfast/grpc/host";
import type { WireTls } from "./tls-seen.ts";
import type { AttemptMet, WireFault } from "./wire-end.ts";

export interface DialPlan {
  readonly addresses: readonly string[];
  readonly port: number;
  /** For each address. */
  readonly limitMs: number;
  /** Only for a host that does TLS by itself. */
  readonly tls: WireTls | undefined;
}

/** After `connected` the events of the socket that was taken; before, none. */
export interface DialEvents extends Omit<SocketEvents, "connected"> {
  /** False: nobody wants the connection any more. */
  wanted(): boolean;
  connected(socket: Socket, session: TlsSession | undefined): void;
  /** No address took it. */
  failed(fault: WireFault): void;
}

export function dialInTurn(host: Host, plan: DialPlan, attempts: AttemptMet[], events: DialEvents): void {
  const [address, ...rest] = plan.addresses;
  if (address === undefined) {
    events.failed(faultOf(attempts.at(-1)));
    return;
  }
  const startedAtMs = host.nowMs();
  let taken = false;
  let over = false;
  const settle = (outcome: AttemptMet["outcome"], message?: string): void => {
    over = true;
    timer.cancel();
    const tookMs = host.nowMs() - startedAtMs;
    attempts.push({ address, tookMs, outcome, ...(message === undefined ? {} : { message }) });
    if (outcome !== "connected" && events.wanted()) dialInTurn(host, { ...plan, addresses: rest }, attempts, events);
  };
  const timer = host.timer(plan.limitMs, () => {
    socket.destroy();
    settle("timed-out", `no answer to SYN in ${plan.limitMs} ms`);
  });
  const tls = plan.tls === undefined ? {} : { tls: { alpn: ["h2"], insecure: true, ...plan.tls } };
  const socket = host.connect(
    { address: { kind: "tcp", host: address, port: plan.port }, ...tls },
    {
      connected: (session) => {
        if (over) return;
        if (!events.wanted()) {
          over = true;
          timer.cancel();
          socket.destroy();
          return;
        }
        taken = true;
        settle("connected");
        events.connected(socket, session);
      },
      data: (bytes) => taken && events.data(bytes),
      end: () => taken && events.end(),
      flushed: (bytes) => taken && events.flushed(bytes),
      closed: (error: SocketError | undefined) => {
        if (taken) events.closed(error);
        else if (!over) settle(error?.kind ?? "OTHER", error?.message);
      },
    },
  );
}

function faultOf(last: AttemptMet | undefined): WireFault {
  const message = last?.message ?? "no connection";
  const outcome = last?.outcome ?? "OTHER";
  if (outcome === "timed-out") return { stage: "connect", kind: "silent", message };
  const kind = outcome === "ECONNREFUSED" ? "refused" : outcome === "ECONNRESET" ? "reset" : "error";
  return { stage: "connect", kind, message, word: outcome };
}
