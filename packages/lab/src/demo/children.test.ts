import { describe, expect, it } from "vitest";
import { Children } from "./children.ts";

const forEver = ["-e", "console.error('here'); setInterval(() => {}, 1000)"];

describe("children", () => {
  it("are all gone when closed, and no more come", async () => {
    const children = new Children();
    const child = children.spawn(process.execPath, forEver, ["ignore", "ignore", "pipe"]);
    await new Promise((resolve) => child.process.stderr?.once("data", resolve));
    await children.close();
    expect(await child.ended).toBe("SIGKILL");
    expect(child.stderr()).toBe("here");
    expect(() => children.spawn(process.execPath, forEver, "ignore")).toThrow("the run is over");
  });

  it("tell how they ended, also if they never began", async () => {
    const children = new Children();
    const failing = children.spawn(process.execPath, ["-e", "process.exit(3)"], "ignore");
    const missing = children.spawn("no-such-program-anywhere", [], "ignore");
    expect(await failing.ended).toBe("exit status 3");
    expect(await missing.ended).toContain("ENOENT");
    await children.close();
  });

  it("leave no listener on the process", async () => {
    const before = process.listenerCount("exit");
    const children = new Children();
    expect(process.listenerCount("exit")).toBe(before + 1);
    await children.close();
    expect(process.listenerCount("exit")).toBe(before);
  });
});
