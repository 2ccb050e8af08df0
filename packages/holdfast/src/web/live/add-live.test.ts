import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PlayedDemo } from "../../../test/played-demo.ts";
import { viewOf } from "../catalog-view.ts";
import { createApp } from "../create-app.ts";
import { LiveRuns } from "./live-runs.ts";
import type { LiveView } from "./page/live-view.ts";

let demo: PlayedDemo;
let runs: LiveRuns;
let app: ReturnType<typeof createApp>;

beforeEach(() => {
  const makeDemo: ConstructorParameters<typeof LiveRuns>[0]["makeDemo"] = (plan) => {
    demo = new PlayedDemo(plan);
    return Promise.resolve(demo);
  };
  runs = new LiveRuns({ makeDemo, findEntry: () => Promise.resolve(undefined) });
  app = createApp({ catalog: viewOf([]), liveRuns: runs });
});
afterEach(() => runs.close());

function ask(path: string, init?: RequestInit): Promise<Response> {
  return Promise.resolve(app.request(`http://127.0.0.1${path}`, init));
}

function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const type = { "content-type": "application/json" };
  return ask(path, { method: "POST", headers: { ...type, ...headers }, body: JSON.stringify(body) });
}

/** Reads events until one is as wanted; then leaves, as a page that is closed. */
async function readUntil({ body }: Response, wanted: (view: LiveView) => boolean): Promise<readonly LiveView[]> {
  const seen: LiveView[] = [];
  let rest = "";
  for await (const bytes of body ?? []) {
    const events = (rest + new TextDecoder().decode(bytes)).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      expect(event).toMatch(/^event: run\ndata: \{.*\}$/);
      seen.push(JSON.parse(event.slice("event: run\ndata: ".length)) as LiveView);
    }
    const last = seen.at(-1);
    if (last !== undefined && wanted(last)) return seen;
  }
  throw new Error("the events ended before");
}

const isOver = (view: LiveView): boolean => view.kind === "run" && view.ending !== undefined;

describe("the page of the live demo", () => {
  it.each([
    ["/live", "en", "A rolling restart, live"],
    ["/zh/live", "zh-Hans", "滚动重启现场"],
  ])("stands at %s, and says without JavaScript what to type instead", async (path, language, title) => {
    const answer = await ask(path);
    const text = await answer.text();
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(/<noscript.*?<\/noscript/s.exec(text)?.[0]).toContain("<code>npm start</code>");
    // Nothing inline: the policy of the site forbids it.
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/);
    expect(answer.headers.get("content-security-policy")).toContain("connect-src 'self'");
  });

  it("brings its style and its program, and nothing else of the folder", async () => {
    const page = await (await ask("/live")).text();
    const loaded = [...page.matchAll(/(?:src|href)="(\/live\/[^"]+)"/g)].map(([, address]) => address ?? "");
    expect(loaded).toHaveLength(2);
    for (const address of loaded) expect((await ask(address)).status, address).toBe(200);
    for (const name of ["create-app.js", "live/add-live.js", "live/page/%2e%2e/add-live.js", "live/page/none.js"]) {
      expect((await ask(`/live/program/${name}`)).status, name).toBe(404);
    }
  });

  it("loads only modules that are served", async () => {
    const waiting = ["live/page/main.js"];
    const known = new Set(waiting);
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const answer = await ask(`/live/program/${name}`);
      expect(answer.status, name).toBe(200);
      for (const [, to = ""] of (await answer.text()).matchAll(/\bfrom "([^"]+)"/g)) {
        const file = new URL(to, `http://host/${name}`).pathname.slice(1);
        expect(to, name).toMatch(/^\./);
        if (!known.has(file)) waiting.push(file);
        known.add(file);
      }
    }
    expect(known.size).toBeGreaterThan(5);
  });
});

describe("the events", () => {
  it("tell of a run from its start to its end, to two viewers alike", async () => {
    const viewers = [await ask("/live/events"), await ask("/live/events")];
    expect(viewers[0]?.headers.get("content-type")).toBe("text/event-stream");
    const told = Promise.all(viewers.map((viewer) => readUntil(viewer, isOver)));
    expect((await post("/live/run", { kill: "kill", seconds: 10 })).status).toBe(202);
    expect(demo.view().plan).toMatchObject({ kill: "kill", forMs: 10_000, clients: ["holdfast", "grpc-js"] });
    demo.show({ phase: "running", elapsedMs: 5_000 });
    demo.end("finished");
    const [one, other] = await told;
    expect(one?.[0]).toEqual({ kind: "idle" });
    expect(one?.at(-1)).toMatchObject({ number: 1, phase: "over", ending: { kind: "finished", broken: [] } });
    expect(other?.at(-1)).toEqual(one?.at(-1));
  });

  it("let go of a viewer who leaves, and cut the run when it was the last", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    const viewer = await ask("/live/events");
    await post("/live/run", { kill: "term", seconds: 10 });
    await readUntil(viewer, ({ kind }) => kind === "run");
    expect(demo.asked).toEqual(["run"]);
    // The stream hears of it by and by; then the time of grace begins.
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(demo.asked).toEqual(["run", "abort"]);
    vi.useRealTimers();
  });
});

describe("a viewer who leaves while nothing goes on", () => {
  it("is forgotten at once", async () => {
    const forget = vi.fn();
    vi.spyOn(runs, "watch").mockReturnValue(forget);
    const viewer = await ask("/live/events");
    expect(forget).not.toHaveBeenCalled();
    await viewer.body?.cancel();
    await vi.waitFor(() => expect(forget).toHaveBeenCalledOnce());
  });
});

describe("Start and Stop", () => {
  it("start one run at a time, and let it settle", async () => {
    const viewer = await ask("/live/events");
    await post("/live/run", { kill: "mixed", seconds: 60 });
    const second = await post("/live/run", { kill: "mixed", seconds: 60 });
    expect([second.status, await second.text()]).toEqual([409, "a run is going on already"]);
    expect((await post("/live/stop", {})).status).toBe(204);
    expect(demo.asked).toEqual(["run", "stop"]);
    await viewer.body?.cancel();
  });

  it.each([
    [{ kill: "all", seconds: 30 }, "kill: expected one of mixed, term, kill"],
    [{ kill: "term", seconds: 3_600 }, "seconds: expected one of 10, 30, 60"],
    [undefined, "expected an object with kill and seconds"],
  ])("refuse %j, and say what was expected", async (choice, words) => {
    const answer = await post("/live/run", choice);
    expect([answer.status, await answer.text()]).toEqual([400, words]);
  });

  it("refuse a choice that is too large to be one, before all of it has come", async () => {
    let pieces = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pieces++;
        if (pieces > 100) controller.close();
        else controller.enqueue(new Uint8Array(512).fill(32));
      },
    });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" as const };
    expect((await ask("/live/run", init)).status).toBe(413);
    expect(pieces).toBeLessThan(10);
    expect(runs.view()).toEqual({ kind: "idle" });
  });

  it("refuse pages from elsewhere", async () => {
    const answer = await post("/live/run", { kill: "term", seconds: 10 }, { origin: "http://elsewhere.example" });
    expect(answer.status).toBe(403);
    expect((await post("/live/run", { kill: "term", seconds: 10 }, { "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
    const rebound = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await app.request("http://rebound.example/live/run", rebound)).status).toBe(421);
    expect(runs.view()).toEqual({ kind: "idle" });
  });

  it("take nothing that a form of any page could send", async () => {
    const body = JSON.stringify({ kill: "term", seconds: 10 });
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      expect((await post("/live/run", body, { "content-type": type })).status).toBe(415);
      expect((await post("/live/stop", body, { "content-type": type })).status).toBe(415);
    }
    expect(runs.view()).toEqual({ kind: "idle" });
  });
});
