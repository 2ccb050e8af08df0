import { describe, expect, it } from "vitest";
import { sampleView } from "../../../../test/sample-view.ts";
import { livePage } from "./live-page.ts";
import type { LiveEnding, RunView, ToldFailure } from "./live-view.ts";
import { liveWords } from "./live-words.ts";
import { statusText } from "./status-text.ts";

const { plan, backends, restarts, clients } = sampleView;
const failure: ToldFailure = {
  ...{ client: "holdfast", method: "Write", code: "UNAVAILABLE", processed: "maybe", count: 3, atMs: 4_010 },
  text: 'RST <b>without</b> a "GOAWAY"',
  entry: { id: "tcp/reset-inflight", title: "Reset", titleZh: "重置", others: 2 },
};
const run: RunView = {
  ...{ kind: "run", number: 1, plan, phase: "running", elapsedMs: 12_400, backends, restarts, failures: [failure] },
  clients: clients.map((client) => ({ ...client, ended: [], failedIn: { Read: [], Write: [] } })),
};
const over = (ending: LiveEnding): RunView => ({ ...run, phase: "over", ending });

describe("the page", () => {
  it("tells failures in words, with a link to the entry in its own language, and escapes them", () => {
    const text = livePage(run, "en").text;
    expect(text).toContain('<a href="/tcp/reset-inflight">Reset</a>');
    expect(text).toContain("or 2 others that fit as well");
    expect(text).toContain("may have been processed");
    expect(text).toContain("3 times");
    expect(text).not.toContain("<b>without");
    expect(livePage(run, "zh").text).toContain('<a href="/zh/tcp/reset-inflight">重置</a>');
  });

  it("says a code once", () => {
    const theirs: ToldFailure = { ...failure, client: "grpc-js", text: "14 UNAVAILABLE: Connection dropped" };
    const text = livePage({ ...run, failures: [theirs] }, "en").text;
    expect(text.match(/UNAVAILABLE/g)).toHaveLength(1);
  });

  it("counts, and marks what must not be apart from what may", () => {
    const text = livePage(run, "en").text;
    expect(text).toContain("3,034");
    // Failed reads of grpc-js are bad, failed writes a warning; a read of ours ran twice, and may.
    expect(text.match(/class="number (?:bad|warn)"/g)).toEqual([
      ...['class="number warn"', 'class="number bad"', 'class="number warn"'],
      ...['class="number warn"', 'class="number warn"', 'class="number bad"', 'class="number bad"'],
    ]);
  });

  it("says everything in both languages", () => {
    const latin = /[A-Za-z]{3,}/g;
    const names = new Set(["Holdfast", "grpc", "Read", "Write", "SIGTERM", "SIGKILL", "CPU", "JavaScript"]);
    for (const [key, words] of Object.entries(liveWords.zh)) {
      const text = JSON.stringify(
        typeof words === "function" ? String(words(0 as never, 0 as never, 0 as never)) : words,
      );
      const values = text.replace(/"[\w-]+":/g, "");
      const foreign = (values.match(latin) ?? []).filter((word) => !names.has(word));
      expect(foreign, key).toEqual([]);
    }
  });
});

describe("the status", () => {
  const words = liveWords.en;

  it("is one sentence for each state, so that it is read out only when that changes", () => {
    expect(statusText({ kind: "idle" }, words)).toBe("Nothing is running.");
    expect(statusText(run, words)).toBe(statusText({ ...run, elapsedMs: 13_000 }, words));
    expect(statusText({ ...run, phase: "settling" }, words)).not.toBe(statusText(run, words));
  });

  it("says what was promised and held, or not", () => {
    const held = statusText(over({ kind: "finished", broken: [] }), words);
    expect(held).toBe(
      "Holdfast held: of 3,034 reads none failed, of 2,990 writes none ran twice, and every call settled. " +
        "Writes cut off when they may have run already, and so not sent again: 3.",
    );
    const broken = over({ kind: "stopped", broken: [{ promise: "never-settled", calls: 2 }] });
    expect(statusText(broken, words)).toBe("Stopped early. Holdfast did not hold. Calls that never settled: 2.");
    expect(statusText(over({ kind: "cut" }), words)).toContain("Cut off");
    expect(statusText(over({ kind: "trouble", message: "no port" }), words)).toContain("no port");
  });
});
