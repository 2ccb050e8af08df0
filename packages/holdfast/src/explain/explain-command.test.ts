import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { captureOutput } from "../../test/captured-output.ts";
import { runCommand } from "../command.ts";

const folder = mkdtempSync(path.join(tmpdir(), "explain-"));
const log = path.join(folder, "app.log");
writeFileSync(log, "GET / 200\nError: 14 UNAVAILABLE: Connection dropped\n    at f (x.js:1:1)\nGET / 200\n");
const empty = path.join(folder, "empty.log");
writeFileSync(empty, "");
const binary = path.join(folder, "binary.out");
writeFileSync(
  binary,
  Uint8Array.from({ length: 5_000 }, (_, index) => (index * 37) % 256),
);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const printed = captureOutput();

const explain = (...args: readonly string[]): Promise<number> => runCommand(["explain", ...args]);

interface Answer {
  readonly known: boolean;
  readonly findings: readonly {
    readonly id: string;
    readonly tied: readonly string[];
    readonly lines: readonly number[];
  }[];
}

describe("holdfast explain", () => {
  it("says what a pasted error means, in words", async () => {
    expect(await explain("Error: 14 UNAVAILABLE: Connection dropped")).toBe(0);
    expect(printed.out).toContain("tcp/fin-inflight");
    expect(printed.out).toContain("One of these");
    expect(printed.out).toContain("holdfast show ");
    expect(printed.out).not.toContain("\u001b");
    expect(printed.out.split("\n").length).toBeLessThan(45);
  });

  it("says what to capture when it recognises nothing", async () => {
    for (const face of [[], ["--markdown"]]) {
      printed.out = "";
      expect(await explain("hello", ...face)).toBe(1);
      expect(printed.out).toContain("1 line read, nothing recognised.");
      expect(printed.out).toContain("Capture this next");
      expect(printed.out).toContain("NODE_DEBUG=http2");
    }
  });

  it("takes an error in several words, a file by option, and a file by name", async () => {
    expect(await explain("14", "UNAVAILABLE:", "Connection", "dropped", "--json")).toBe(0);
    expect((JSON.parse(printed.out) as Answer).findings[0]?.lines).toEqual([1, 1]);
    for (const args of [["-f", log], [log]]) {
      printed.out = "";
      expect(await explain(...args, "--json")).toBe(0);
      expect((JSON.parse(printed.out) as Answer).findings.map(({ lines }) => lines)).toEqual([[2, 3]]);
    }
  });

  it("speaks Chinese and Markdown", async () => {
    expect(await explain("14 UNAVAILABLE: Connection dropped", "--lang", "zh")).toBe(0);
    expect(printed.out).toContain("现象");
    expect(printed.out).not.toMatch(/。 \S/);
    printed.out = "";
    expect(await explain("14 UNAVAILABLE: Connection dropped", "--markdown")).toBe(0);
    expect(printed.out.match(/^1\. `/gm)).toHaveLength(5);
    expect(printed.out).toContain("\n\nand 4 more (--full)\n");
    expect(printed.out).toContain("- **Again?** ");
    printed.out = "";
    expect(await explain("14 UNAVAILABLE: Connection dropped", "--markdown", "--full")).toBe(0);
    expect(printed.out).toMatch(/^## /);
  });

  it("takes answers with and without their question", async () => {
    expect(await explain("14 UNAVAILABLE: Connection dropped", "--json", "--answer", "goaway-before=yes")).toBe(0);
    const named = JSON.parse(printed.out) as Answer;
    expect(named.findings[0]?.tied).not.toContain("tcp/fin-inflight");
    printed.out = "";
    expect(await explain("14 UNAVAILABLE: Connection dropped", "--json")).toBe(0);
    const all = JSON.parse(printed.out) as {
      readonly findings: readonly { readonly question?: { readonly answers: readonly string[] } }[];
    };
    const answer = all.findings[0]?.question?.answers[0] ?? "";
    printed.out = "";
    expect(await explain("14 UNAVAILABLE: Connection dropped", "--json", "--answer", answer)).toBe(0);
  });

  it.each([
    [[], "Left out: your answer what-the-port-answers=no-name"],
    [["--markdown"], "Left out: your answer what-the-port-answers=no-name"],
    [["--lang", "zh"], "未采用：你的回答 what-the-port-answers=no-name"],
    [["--json"], '"contradicted":[{"id":"what-the-port-answers","answer":"no-name"}]'],
  ])("says that an answer was left out, and which: %j", async (face, told) => {
    const text = "14 UNAVAILABLE: Connection dropped";
    expect(await explain(text, ...face, "--answer", "what-the-port-answers=no-name")).toBe(0);
    expect(face[0] === "--json" ? JSON.stringify(JSON.parse(printed.out)) : printed.out).toContain(told);
    printed.out = "";
    expect(await explain(text, ...face, "--answer", "goaway-before=no")).toBe(0);
    expect(printed.out).not.toMatch(/Left out|未采用|contradicted/);
  });

  it("prints a command that can be typed as it stands, with the answers so far", async () => {
    vi.stubEnv("npm_lifecycle_event", "npx");
    const text = "he said it's Error: 14 UNAVAILABLE: Connection dropped";
    await explain(text, "--answer", "goaway-before=no");
    const line = printed.out.split("\n").find((each) => each.includes("explain '")) ?? "";
    const quoted = String.raw`'he said it'\''s Error: 14 UNAVAILABLE: Connection dropped'`;
    const [command = "", next = ""] = line.trim().split(/ (?=--answer [^ ]+$)/);
    expect(command).toBe(`npx holdfast explain ${quoted} --answer goaway-before=no`);
    expect(next).toMatch(/^--answer [a-z-]+=[a-z-]+$/);
    expect(next).not.toContain("goaway-before");
    expect(printed.out).toContain("  npx holdfast show tcp/fin-inflight\n");
    vi.unstubAllEnvs();
  });

  it("names a file so that a terminal obeys nothing in it and a shell finds it again", async () => {
    const odd = path.join(folder, "it's\u001b[2J \\ app.log");
    writeFileSync(odd, "14 UNAVAILABLE: Connection dropped\n");
    expect(await explain("-f", odd)).toBe(0);
    expect(printed.out).not.toContain("\u001b");
    const [, word = ""] = /explain -f (\$'.*') --answer/.exec(printed.out) ?? [];
    expect(execFileSync("bash", ["-c", `printf %s ${word}`], { encoding: "utf8" })).toBe(odd);
  });

  it("repeats no text that holds a secret, and none that came in several lines", async () => {
    const secret = ["hunter", "2222222"].join("");
    for (const text of [
      `14 UNAVAILABLE: Connection dropped token=${secret}`,
      `token=${secret} 14 UNAVAILABLE: Connection dropped`,
      "GET\n14 UNAVAILABLE: Connection dropped",
    ]) {
      printed.out = "";
      await explain(text);
      expect(printed.out).not.toContain(secret);
      expect(printed.out).not.toContain("holdfast explain");
    }
    expect(printed.out).toMatch(/\n {4,}--answer [a-z-]+=[a-z-]+\n/);
  });

  it("lets no entry of a tie speak for the others on sending again", async () => {
    await explain("14 UNAVAILABLE: connect ECONNREFUSED 10.0.0.1:443", "--json");
    const { findings } = JSON.parse(printed.out) as { readonly findings: readonly { readonly processed: string }[] };
    expect(findings[0]?.processed).toBe("depends");
    for (const face of [[], ["--markdown"]]) {
      printed.out = "";
      await explain("14 UNAVAILABLE: connect ECONNREFUSED 10.0.0.1:443", ...face);
      expect(printed.out.replaceAll(/\s+/g, " ")).toContain("These differ, so take it as possibly processed");
    }
  });

  it("leads on in the language of the answer", async () => {
    await explain("14 UNAVAILABLE: Connection dropped", "--lang", "zh");
    expect(printed.out).toMatch(/holdfast show tcp\/fin-inflight --lang zh\n$/);
  });

  it("never folds a command", async () => {
    await explain("14 UNAVAILABLE: Connection dropped", "--full");
    expect(printed.out).toMatch(/\n *tshark -Y '[^'\n]+'\n/);
    expect(printed.out).not.toMatch(/tshark[^'\n]*'[^'\n]*\n/);
  });

  it("says that it does not know, and what to capture", async () => {
    expect(await explain("grpc: order 7 is gone")).toBe(1);
    expect(printed.out).toContain("Not known here.");
    expect(printed.out).toContain("GRPC_TRACE");
    printed.out = "";
    expect(await explain("segmentation fault (core dumped)")).toBe(1);
    expect(printed.out).toContain("Not known here.");
    printed.out = "";
    expect(await explain("-f", binary)).toBe(1);
  });

  it("prints no secret and no control character", async () => {
    const secret = ["abc", "def", "123456"].join("");
    expect(await explain(`\u001b[31m14 UNAVAILABLE: Connection dropped token=${secret}\u0007`, "--json")).toBeLessThan(
      2,
    );
    expect(printed.out).not.toContain(secret);
    expect(printed.out).not.toMatch(/[\u0007\u001b]/);
  });

  it("lists the texts of a popular cause", async () => {
    expect(await explain("--cause", "idle timeout")).toBe(0);
    expect(printed.out).toContain("\nnginx\n  nginx/grpc-read-timeout\n    upstream timed out (N: …) while reading");
    expect(printed.out).toMatch(/^ {2}lb\/nlb-idle-350s +The first call/m);
  });

  it.each(["network", "keepalive", "Server_Crash", "resource exhaustion", "load balancer", "idle"])(
    "knows a popular cause by words that it alone has: %s",
    async (name) => {
      expect(await explain("--cause", name, "--json")).toBe(0);
      const { texts } = JSON.parse(printed.out) as {
        readonly texts: readonly { readonly entries: readonly unknown[] }[];
      };
      expect(texts.length).toBeGreaterThan(10);
      expect(texts.every(({ entries }) => entries.length > 0)).toBe(true);
    },
  );

  it.each([
    ["a file that is not there", ["nothere.log"], "nothere.log: no such file"],
    ["a file by option that is not there", ["-f", "nothere"], "nothere: no such file"],
    ["a directory", ["-f", folder], "is a directory"],
    ["a file and a text", ["14 UNAVAILABLE: Connection dropped", "-f", log], "a file and a text at once"],
    ["several files", [log, empty], "one file at a time"],
    ["an empty file", ["-f", empty], "the input is empty"],
    ["no text", [""], "the input is empty"],
    ["an unknown question", ["x", "--answer", "nosuch=yes"], "no question has the name nosuch"],
    [
      "an unknown answer",
      ["x", "--answer", "goaway-before=perhaps"],
      "perhaps is no answer to goaway-before: expected yes or no",
    ],
    ["an answer to nothing", ["x", "--answer", "yes"], "nothing is asked here"],
    ["an unknown cause", ["--cause", "moon"], "expected one of idle-timeout, "],
    ["a misspelt cause", ["--cause", "idel timeout"], "did you mean idle-timeout? "],
    ["a cause of two names", ["--cause", "timeout"], "did you mean idle-timeout or load-balancer-timeout? "],
    ["a cause without a name", ["--cause", ""], "--cause : expected one of"],
    ["an unknown language", ["x", "--lang", "fr"], "Allowed choices are en, zh"],
    ["two faces", ["x", "--json", "--markdown"], "cannot be used with option"],
  ])("answers a mistake with 2 and a clear line: %s", async (_, args, message) => {
    expect(await explain(...args)).toBe(2);
    expect(printed.err).toContain(message);
    expect(printed.out).toBe("");
  });
});
