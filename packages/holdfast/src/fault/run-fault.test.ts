/** The command as it runs: between a scripted peer and a client, until it is told to stop. */

import { Peer, wellBehaved } from "@holdfast/lab";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RawClient } from "../../../lab/test/raw-client.ts";
import { runCommand } from "../command.ts";

let lines: string[] = [];
let heard = (): void => {};

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(...String(text).trimEnd().split("\n"));
    heard();
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** The first line that holds the text. */
async function line(text: string): Promise<string> {
  for (;;) {
    const found = lines.find((each) => each.includes(text));
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => (heard = resolve));
  }
}

async function play(options: string): Promise<void> {
  await using peer = new Peer({ scriptOf: () => wellBehaved });
  await peer.start();
  const status = runCommand(`fault --to 127.0.0.1:${peer.port} --goaway after=2,code=11 ${options}`.split(" "));
  const [, port] = /127\.0\.0\.1:(\d+)/.exec(await line("127.0.0.1:")) ?? [];
  await using client = await RawClient.open(Number(port));
  client.call(1);
  await client.until("GOAWAY 11 last=3");
  await line("last=3");
  process.emit("SIGTERM");
  expect(await status).toBe(0);
}

it("prints where it listens, what was done, and the counts", async () => {
  await play("--seed 7");
  expect(lines[0]).toMatch(/^127\.0\.0\.1:\d+ → 127\.0\.0\.1:\d+, seed 7: goaway after=2,code=ENHANCE_YOUR_CALM$/);
  expect(lines[1]).toMatch(/^ +\d+\.\d{3} s {2}connection 1 {2}goaway: GOAWAY\(ENHANCE_YOUR_CALM, last=3\)$/);
  expect(lines.at(-1)).toBe("1 connection; goaway 1");
});

it("prints one object a line", async () => {
  await play("--json");
  const objects = lines.map((each) => JSON.parse(each) as Record<string, unknown>);
  expect(objects.map(({ kind }) => kind)).toEqual(["listening", "done", "ended"]);
  expect(objects[1]).toMatchObject({ connection: 1, fault: "goaway", what: "GOAWAY(ENHANCE_YOUR_CALM, last=3)" });
  expect(objects[2]).toMatchObject({ connections: 1, done: { goaway: 1 } });
});

it("lists every fault", async () => {
  expect(await runCommand(["fault", "--list"])).toBe(0);
  expect(lines).toContain("--goaway  Sends the client GOAWAY.");
});
