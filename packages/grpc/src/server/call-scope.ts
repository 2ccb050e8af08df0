/** What a call knows of its surroundings: its connection, its server's settings, and whom to tell that it is open. */

import type { Host } from "../host/host.ts";
import type { Http2Connection } from "../http2/connection.ts";
import type { RosterMember } from "../http2/roster.ts";
import type { StatusError } from "../report/status-error.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import type { CallContext, Peer } from "./call-context.ts";
import type { Packing } from "./grpc-answer.ts";
import type { LifetimePolicy } from "./lifetime-state.ts";
import type { MethodTable } from "./method-table.ts";
import type { PlainHandler, PlainRequest } from "./plain-handler.ts";
import type { ReadyQueue } from "./ready-queue.ts";

/** What is the same for all calls of a server. */
export interface Surroundings {
  readonly host: Host;
  readonly ready: ReadyQueue;
  readonly methods: MethodTable;
  readonly maxReceiveMessageBytes: number;
  /** How answers are packed for clients that can read it. */
  readonly packing: Packing | undefined;
  /** Absent: connections live as long as they like. */
  readonly lifetime: LifetimePolicy | undefined;
  readonly plainHandler: PlainHandler | undefined;
  /** A handler failed in a way that the client must not see. */
  tell(error: unknown, call: CallContext | PlainRequest): void;
}

export interface CallScope {
  readonly server: Surroundings;
  readonly connection: Http2Connection;
  readonly peer: Peer;
  /** The termination report of the connection, once it has ended. */
  readonly report: TerminationReport | undefined;
  opened(call: OpenCall): void;
  closed(call: OpenCall): void;
}

/** A request that occupies a stream. */
export interface OpenCall extends RosterMember {
  /** The drain's time is up. False when the call has its answer already. */
  cut(reason: StatusError): boolean;
}
