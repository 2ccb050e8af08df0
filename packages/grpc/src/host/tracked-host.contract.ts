/** A host that remembers what was opened through it, so that a story can leave its sockets to be closed for it. */

import type { Host, ListenerEvents, Socket, SocketEvents } from "./host.ts";

export interface TrackedHost {
  readonly host: Host;
  /** Sockets and listeners that have not said `closed`. */
  readonly openCount: number;
  closeAll(): void;
}

export function trackedHost(real: Host): TrackedHost {
  const open = new Set<{ close: () => void }>();

  const follow = (events: SocketEvents, socket: () => Socket): SocketEvents => {
    const entry = { close: () => socket().destroy() };
    open.add(entry);
    return {
      connected: (session) => events.connected?.(session),
      data: (bytes) => events.data(bytes),
      end: () => events.end(),
      flushed: (bytes) => events.flushed(bytes),
      closed(error) {
        open.delete(entry);
        events.closed(error);
      },
    };
  };

  const host: Host = {
    ...real,
    connect(options, events) {
      const socket: Socket = real.connect(
        options,
        follow(events, () => socket),
      );
      return socket;
    },
    listen(options, events) {
      const entry = { close: () => listener.close() };
      const followed: ListenerEvents = {
        listening: (address) => events.listening(address),
        failed: (error) => events.failed(error),
        accepted(socket, session) {
          const accepted = events.accepted(socket, session);
          return accepted === undefined ? undefined : follow(accepted, () => socket);
        },
        closed() {
          open.delete(entry);
          events.closed();
        },
      };
      open.add(entry);
      const listener = real.listen(options, followed);
      return listener;
    },
  };
  return {
    host,
    get openCount() {
      return open.size;
    },
    closeAll() {
      for (const entry of open) entry.close();
    },
  };
}
