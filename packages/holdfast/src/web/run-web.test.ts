import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { throwMistake } from "../../test/open-catalog.ts";
import { runWeb } from "./run-web.ts";
import { stopSignals } from "./stop-signals.ts";

afterEach(() => vi.restoreAllMocks());

describe("holdfast web", () => {
  it("says where it is, answers there, and ends when it is told to", async () => {
    let said = "";
    const spoken = new Promise<void>((resolve) => {
      vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        said += String(text);
        resolve();
        return true;
      });
    });
    const before = stopSignals.map((signal) => process.listenerCount(signal));
    const run = runWeb({ host: "127.0.0.1", port: 0 }, throwMistake);
    await spoken;
    const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    expect((await fetch(`${url}/robots.txt`)).status).toBe(200);
    process.emit("SIGINT");
    await run;
    await expect(fetch(`${url}/robots.txt`)).rejects.toThrow();
    expect(stopSignals.map((signal) => process.listenerCount(signal))).toEqual(before);
  });

  it("says what to do when the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    const { port } = other.address() as AddressInfo;
    await expect(runWeb({ host: "127.0.0.1", port }, throwMistake)).rejects.toThrow(
      `cannot listen on 127.0.0.1 port ${port}: another program listens there; give --port 0`,
    );
    other.close();
  });
});
