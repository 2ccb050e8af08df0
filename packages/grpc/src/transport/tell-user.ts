import type { Host } from "../host/host.ts";

/** Calls a callback of the user in a turn of its own. What it throws is logged: it must not end the process. */
export function tellUser(host: Host, name: string, callback: () => void): void {
  host.defer(() => {
    try {
      callback();
    } catch (error) {
      host.log(`holdfast: ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  });
}
