import type { Core } from "./connection-core.ts";
import { writeSettings } from "./frame/settings.ts";
import { writeWindowUpdate } from "./frame/window-update.ts";
import { settingId } from "./settings.ts";

/**
 * The connection preface of our side, RFC 9113 §3.4: for a client the magic octets, for both SETTINGS and, where we want
 * a larger one than the RFC's first, the connection's window. What the peer's preface must be is `receive.ts`'s business.
 */
export function writeGreeting(core: Core, connectionWindowBytes: number): void {
  if (core.role === "client") core.out.latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  const pairs: [id: number, value: number][] = [
    core.role === "client"
      ? [settingId.ENABLE_PUSH, 0]
      : [settingId.MAX_CONCURRENT_STREAMS, core.limits.maxConcurrentStreams],
    [settingId.INITIAL_WINDOW_SIZE, core.streamWindows.size],
    [settingId.MAX_HEADER_LIST_SIZE, core.limits.maxHeaderListBytes],
  ];
  writeSettings(core.out, pairs);
  core.record.sent(core.nowMs, 0x4, 0, 0, pairs.length * 6, 0);
  core.window.grow(connectionWindowBytes);
  const increment = core.window.credit();
  if (increment === 0) return;
  writeWindowUpdate(core.out, 0, increment);
  core.record.sent(core.nowMs, 0x8, 0, 0, 4, increment);
}
