import { afterEach, describe, expect, it, vi } from "vitest";
import { OutputError, writeOut } from "./write-out.ts";

afterEach(() => vi.restoreAllMocks());

/** Standard output that fails as the real one does: the callback first, then the event, here for the newest listener alone. */
function failing(code: string): void {
  const listening = process.stdout.listenerCount("error");
  const error = Object.assign(new Error(`${code}: it failed, write`), { code });
  vi.spyOn(process.stdout, "write").mockImplementation((_: unknown, done?: unknown) => {
    (done as (error: Error) => void)(error);
    expect(process.stdout.listenerCount("error")).toBe(listening + 1);
    process.stdout.rawListeners("error").at(-1)?.(error);
    return false;
  });
}

describe("writing the answer", () => {
  it("fails when it cannot be written: an empty file must not look like an answer", async () => {
    failing("ENOSPC");
    const written = writeOut("answer\n");
    await expect(written).rejects.toThrow(OutputError);
    await expect(written).rejects.toThrow("standard output: ENOSPC: it failed, write");
  });

  it("does not mind a reader who has gone", async () => {
    failing("EPIPE");
    await expect(writeOut("answer\n")).resolves.toBeUndefined();
  });

  it("leaves no listener behind", async () => {
    const before = process.stdout.listenerCount("error");
    vi.spyOn(process.stdout, "write").mockImplementation((_: unknown, done?: unknown) => {
      (done as () => void)();
      return true;
    });
    for (let each = 0; each < 20; each++) await writeOut("answer\n");
    expect(process.stdout.listenerCount("error")).toBe(before);
  });
});
