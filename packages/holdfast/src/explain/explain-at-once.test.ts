import { Command } from "commander";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "../command.ts";
import { explainAtOnce } from "./explain-at-once.ts";
import { addExplainCommand } from "./explain-command.ts";
import { readExplainArguments } from "./read-explain-arguments.ts";

let printed = "";
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text: unknown, done?: unknown) => {
      printed += String(text);
      if (typeof done === "function") (done as () => void)();
      return true;
    });
  }
});
afterEach(() => vi.restoreAllMocks());

/** What commander makes of the arguments; undefined when it calls them a mistake. */
async function byCommander(args: readonly string[]): Promise<unknown> {
  const program = new Command("holdfast").exitOverride();
  addExplainCommand(program, () => undefined);
  const command = program.commands[0]?.exitOverride();
  let read: unknown;
  command?.action((words: string[], flags: unknown) => {
    read = { words, flags };
  });
  try {
    await program.parseAsync(["explain", ...args], { from: "user" });
  } catch {
    return undefined;
  }
  return read;
}

const word = fc.constantFrom("text", "two words", "-", "--", "-x", "zh", "fr", "yes", "a=b", "", "explain", "help");
const option = fc.constantFrom("-f", "--file", "--answer", "--cause", "--full", "--lang", "--markdown", "--json", "-h");
const others = fc.constantFrom("--catalog", "--file=x", "--lang=zh", "-fx", "--fil", "--ful", "-json", "--no-full");

describe("explaining without commander", () => {
  it("reads what it reads as commander would, and no mistake", async () => {
    let readCount = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, option, others), { maxLength: 6 }), async (args) => {
        const read = readExplainArguments(args);
        if (read === undefined) return;
        readCount++;
        expect(await byCommander(args)).toEqual(read);
      }),
      { numRuns: 2_000 },
    );
    expect(readCount).toBeGreaterThan(100);
  });

  it.each([
    [["14 UNAVAILABLE: Connection dropped"]],
    [["14", "UNAVAILABLE:", "Connection dropped", "--json"]],
    [["14 UNAVAILABLE: Connection dropped", "--answer", "goaway-before=yes", "--lang", "zh", "--full"]],
    [["--cause", "idle timeout"]],
    [["--cause", "moon"]],
    [["-f", "nothere"]],
    [["\u001b[2Jnothere.log"]],
    [["nothere.log"]],
    [["x", "--answer", "nosuch=yes"]],
    [[""]],
  ])("prints the same and ends the same: %j", async (args) => {
    printed = "";
    const status = await explainAtOnce(args);
    const atOnce = printed;
    printed = "";
    expect(await runCommand(["explain", ...args])).toBe(status);
    expect(atOnce).toBe(printed);
    expect(atOnce).not.toContain("\u001b");
  });

  it.each([[["--help"]], [["x", "--lang", "fr"]], [["x", "--json", "--markdown"]], [["--file"]], [["-f", "--json"]]])(
    "leaves to commander: %j",
    async (args) => {
      expect(await explainAtOnce(args)).toBeUndefined();
    },
  );
});
