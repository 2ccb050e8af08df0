/**
 * A host whose connections are further away than they are: every byte takes longer, both ways. What a client in another
 * region sends while a GOAWAY is on its way to it arrives late at the server; this is how one next door can do so, too.
 */

import type { Host, Socket } from "@holdfast/grpc/host";

export function distantHost(host: Host, oneWayMs: number): Host {
  const later = (act: () => void): void => void host.timer(oneWayMs, act);
  return {
    nowMs: () => host.nowMs(),
    wallMs: () => host.wallMs(),
    timer: (delayMs, fire, options) => host.timer(delayMs, fire, options),
    defer: (task) => host.defer(task),
    random: () => host.random(),
    lookup: (name, done) => host.lookup(name, done),
    connect: (options, events) =>
      distant(
        later,
        host.connect(options, {
          connected: (session) => later(() => events.connected?.(session)),
          data: (bytes) => {
            // Lent for the call alone.
            const copy = Uint8Array.from(bytes);
            later(() => events.data(copy));
          },
          end: () => later(() => events.end()),
          flushed: (bytes) => events.flushed(bytes),
          closed: (error) => later(() => events.closed(error)),
        }),
      ),
    listen: (options, events) => host.listen(options, events),
    onSignal: (name, heard) => host.onSignal(name, heard),
    env: (name) => host.env(name),
    log: (line) => host.log(line),
    compress: (coding, bytes) => host.compress(coding, bytes),
    decompress: (coding, bytes, maxBytes) => host.decompress(coding, bytes, maxBytes),
  };
}

function distant(later: (act: () => void) => void, socket: Socket): Socket {
  return {
    get local() {
      return socket.local;
    },
    get remote() {
      return socket.remote;
    },
    // What is under way is not in the kernel any more, as far as the writer knows.
    get writableLength() {
      return socket.writableLength;
    },
    write: (chunks) => {
      const kept = [...chunks];
      later(() => socket.write(kept));
    },
    end: () => later(() => socket.end()),
    destroy: () => socket.destroy(),
    reset: () => socket.reset(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}
