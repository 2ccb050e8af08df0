/**
 * Owns the sessions of code that is written by hand over node:http2: when the next one is opened, what is done with one that
 * says GOAWAY. Does not own requests.
 */

import type { ClientHttp2Session, SecureClientSessionOptions } from "node:http2";
import http2 from "node:http2";
import type { ClientSetup, SessionHabits } from "../experiment/client-setup.ts";

export interface KeptSession {
  readonly session: ClientHttp2Session;
  /** Of the newest GOAWAY; undefined before the first. */
  lastStreamId: number | undefined;
}

/** Node has the method, its types do not. */
type Numbered = ClientHttp2Session & { setNextStreamID(id: number): void };

export class Http2Sessions {
  readonly #url: string;
  readonly #options: SecureClientSessionOptions;
  readonly #habits: SessionHabits;
  readonly #keepalive: ClientSetup["keepalive"];
  readonly #open = new Set<ClientHttp2Session>();
  #current: KeptSession | undefined;

  constructor(url: string, options: SecureClientSessionOptions, { session = {}, keepalive }: ClientSetup) {
    this.#url = url;
    this.#options = options;
    this.#habits = session;
    this.#keepalive = keepalive;
  }

  /** The session for the next request. */
  current(): KeptSession {
    return (this.#current ??= this.#connect());
  }

  /** The next request gets a new session, unless the habit is to have but one. */
  leave(kept: KeptSession): void {
    if (this.#current === kept && this.#habits.replace !== "never") this.#current = undefined;
  }

  close(): void {
    for (const session of this.#open) session.destroy();
  }

  #connect(): KeptSession {
    const { replace = "at-any-end", onGoaway, firstStreamId } = this.#habits;
    const session = http2.connect(this.#url, this.#options);
    const kept: KeptSession = { session, lastStreamId: undefined };
    this.#open.add(session);
    if (firstStreamId !== undefined)
      session.once("connect", () => (session as Numbered).setNextStreamID(firstStreamId));
    // Without a listener the process would end; the requests hear of it by themselves.
    session.on("error", () => replace === "at-any-end" && this.leave(kept));
    session.on("goaway", (_, lastStreamId) => {
      kept.lastStreamId = lastStreamId;
      if (replace !== "at-close") this.leave(kept);
      if (onGoaway === "close") session.close();
      if (onGoaway === "destroy") session.destroy();
    });
    session.on("close", () => {
      this.#open.delete(session);
      this.leave(kept);
    });
    if (this.#keepalive !== undefined) keepAlive(session, this.#keepalive);
    return kept;
  }
}

/** Node has no keepalive of its own, but a method that sends a PING. */
function keepAlive(session: ClientHttp2Session, { timeMs, timeoutMs }: { timeMs: number; timeoutMs: number }): void {
  const timer = setInterval(() => {
    const late = setTimeout(() => session.destroy(new Error("keepalive ping timed out")), timeoutMs);
    session.ping(() => clearTimeout(late));
  }, timeMs);
  session.once("close", () => clearInterval(timer));
}
