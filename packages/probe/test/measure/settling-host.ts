/**
 * A host in whose process promises are settled after every event, as a real event loop does. The simulated one does so only
 * where the library asks for it; a wire is for people, and settles its promises as it goes.
 */

import type { Host, SocketEvents } from "@holdfast/grpc/host";

export function settlingHost(host: Host): Host {
  const then = (): void => host.defer(() => undefined);
  const settling = (events: SocketEvents): SocketEvents => ({
    ...(events.connected === undefined ? {} : { connected: (session) => (events.connected?.(session), then()) }),
    data: (bytes) => (events.data(bytes), then()),
    end: () => (events.end(), then()),
    flushed: (bytes) => events.flushed(bytes),
    closed: (error) => (events.closed(error), then()),
  });
  return {
    nowMs: () => host.nowMs(),
    wallMs: () => host.wallMs(),
    timer: (delayMs, fire, options) => host.timer(delayMs, () => (fire(), then()), options),
    defer: (task) => host.defer(task),
    random: () => host.random(),
    lookup: (name, done) => host.lookup(name, (result) => (done(result), then())),
    connect: (options, events) => host.connect(options, settling(events)),
    listen: (options, events) => host.listen(options, events),
    onSignal: (name, heard) => host.onSignal(name, heard),
    env: (name) => host.env(name),
    log: (line) => host.log(line),
    compress: (coding, bytes) => host.compress(coding, bytes),
    decompress: (coding, bytes, maxBytes) => host.decompress(coding, bytes, maxBytes),
  };
}
