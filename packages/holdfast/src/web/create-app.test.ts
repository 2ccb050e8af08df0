import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Hono } from "hono";
import { openTestCatalog } from "../../test/open-catalog.ts";
import type { CatalogView } from "./catalog-view.ts";
import { createApp } from "./create-app.ts";
import { maxBodyBytes } from "./api/read-body.ts";

let catalog: CatalogView;
let app: Hono;

beforeAll(async () => {
  catalog = await openTestCatalog();
  app = createApp({ catalog });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(app.request(`http://127.0.0.1${path}`, { headers }));

const post = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  Promise.resolve(app.request(`http://127.0.0.1${path}`, { method: "POST", headers: { "content-type": type }, body }));

const dropped = "14 UNAVAILABLE: Connection dropped";

describe("pages", () => {
  it.each([
    ["/", "en", "What does this error mean?"],
    ["/zh/", "zh-Hans", "这个错误是什么意思？"],
    ["/tcp/fin-inflight", "en", "The connection was closed in the middle of a call"],
    ["/zh/tcp/fin-inflight", "zh-Hans", "调用进行到一半时连接被关闭"],
    ["/entries", "en", "tcp/fin-inflight"],
    ["/symptoms", "en", "Connection dropped"],
    ["/causes", "en", "Idle timeout"],
    ["/zh/implementations", "zh-Hans", "grpc-js"],
    ["/graph", "en", "<svg"],
    ["/search?q=keepalive", "en", "keepalive/"],
    ["/zh/search?q=空闲", "zh-Hans", "lb/"],
  ])("answers %s in its language", async (path, language, essential) => {
    const response = await get(path);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(essential);
  });

  it.each([
    ["/tcp/fin-inflight.json", "application/json", '"id": "tcp/fin-inflight"'],
    ["/zh/tcp/fin-inflight.json", "application/json", '"id": "tcp/fin-inflight"'],
    ["/tcp/fin-inflight.md", "text/markdown", "# The connection was closed"],
    ["/zh/tcp/fin-inflight.md", "text/markdown", "# 调用进行到一半"],
    ["/api/v1/entries/tcp/fin-inflight", "application/json", '"id": "tcp/fin-inflight"'],
    ["/llms.txt", "text/plain", "# Holdfast"],
    ["/robots.txt", "text/plain", "User-agent: *"],
    ["/sitemap.xml", "application/xml", "<loc>http://127.0.0.1/zh/tcp/fin-inflight</loc>"],
    ["/entries.ndjson", "application/x-ndjson", '{"id":'],
    ["/schema/record.json", "application/schema+json", "2020-12"],
    ["/schema/received-record.json", "application/schema+json", "2020-12"],
    ["/assets/style.css", "text/css", ":root"],
    ["/assets/explain.js", "text/javascript", "tcp/fin-inflight"],
  ])("answers %s as %s", async (path, type, essential) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(type);
    expect(await response.text()).toContain(essential);
  });

  it("lets a page load nothing but its own", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(await (await get("/tcp/fin-inflight")).text()).not.toMatch(
      /<script(?![^>]* src="\/assets\/)|style="|onclick/,
    );
  });

  it("holds one object a line in NDJSON, all entries in order", async () => {
    const lines = (await (await get("/entries.ndjson")).text()).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { readonly id: string }).id)).toEqual(
      catalog.records.map(({ id }) => id),
    );
  });
});

describe("the form without JavaScript", () => {
  const ask = async (fields: Record<string, string>): Promise<string> => {
    const response = await post("/", "application/x-www-form-urlencoded", new URLSearchParams(fields).toString());
    expect(response.status).toBe(200);
    return response.text();
  };

  it("answers, keeps the text, and takes an answer to its question", async () => {
    const page = await ask({ text: dropped });
    expect(page).toContain("The connection was closed in the middle of a call");
    expect(page).toContain(`${dropped}</textarea>`);
    const [, choice = ""] = /name="answer"\s+value="([\w-]+=[\w-]+)"/.exec(page) ?? [];
    const answered = await ask({ text: dropped, answer: choice });
    expect(answered).toContain(`name="answer" value="${choice}"`);
  });

  it("says which answer was left out, because the text speaks against it", async () => {
    const page = await ask({ text: dropped, answer: "what-the-port-answers=no-name" });
    expect(page).toContain("Left out: your answer what-the-port-answers=no-name");
    expect(await ask({ text: dropped, answer: "goaway-before=no" })).not.toContain("Left out");
  });

  it("shows a log as text and never as markup", async () => {
    const page = await ask({ text: `${dropped} <img src=x onerror=alert(1)></textarea><script>alert(1)</script>` });
    expect(page).not.toMatch(/<img|<script>|<\/textarea><script/);
  });

  it("takes as much as the API does, however little of it is escaped", async () => {
    const form = `text=${"x".repeat(maxBodyBytes + 1)}`;
    const response = await post("/", "application/x-www-form-urlencoded", form);
    expect([response.status, await response.text()]).toEqual([413, expect.stringContaining(String(maxBodyBytes))]);
  });

  it("says when there is nothing to explain", async () => {
    expect(await ask({ text: " " })).toContain("paste an error first");
  });
});

describe("POST /api/v1/explain", () => {
  it("answers text and JSON alike", async () => {
    const asText = await (await post("/api/v1/explain", "text/plain; charset=utf-8", dropped)).json();
    const asJson = await (await post("/api/v1/explain", "application/json", JSON.stringify({ text: dropped }))).json();
    expect(asJson).toEqual(asText);
    expect(asText).toMatchObject({ known: true, findings: [{ id: "tcp/fin-inflight", count: 1 }] });
  });

  it("takes answers, in the address and in JSON", async () => {
    const inAddress = await (await post("/api/v1/explain?answer=goaway-before=no", "text/plain", dropped)).json();
    const body = JSON.stringify({ text: dropped, answers: { "goaway-before": "no" } });
    const inJson = await (await post("/api/v1/explain", "application/json", body)).json();
    const plain = await (await post("/api/v1/explain", "text/plain", dropped)).json();
    expect(inAddress).toEqual(inJson);
    const tied = (explanation: unknown): number =>
      (explanation as { readonly findings: readonly { readonly tied: readonly string[] }[] }).findings[0]?.tied
        .length ?? 0;
    expect(tied(inJson)).toBeLessThan(tied(plain));
  });

  it("is not troubled by bytes that are no text", async () => {
    const bytes = new Uint8Array([0xfd, 0xfe, 0x00, 10, ...new TextEncoder().encode(dropped), 10, 0xc3]);
    const answer = await (await post("/api/v1/explain", "text/plain", bytes)).json();
    expect(answer).toMatchObject({ known: true, findings: [{ lines: [2, 2] }] });
  });

  it("takes a sender who goes away for no failure of its own", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    for (const type of ["text/plain", "application/json"]) {
      const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("aborted")) });
      const init = { method: "POST", headers: { "content-type": type }, body, duplex: "half" as const };
      const response = await app.request("http://127.0.0.1/api/v1/explain", init);
      expect([response.status, await response.json()]).toMatchObject([400, { error: { kind: "cut-off" } }]);
    }
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it("says that it does not know", async () => {
    const response = await post("/api/v1/explain", "text/plain", "the cat sat on the mat");
    expect([response.status, await response.json()]).toMatchObject([200, { known: false, findings: [] }]);
  });

  const mistakes: readonly (readonly [string, string, string | Uint8Array<ArrayBuffer>, number, string, string])[] = [
    ["/api/v1/explain", "text/plain", "", 400, "empty-input", "empty"],
    ["/api/v1/explain", "application/json", "{", 400, "bad-json", "not JSON"],
    ["/api/v1/explain", "application/json", "[]", 400, "bad-request", "an object"],
    ["/api/v1/explain", "application/json", '{"text":3}', 400, "bad-request", "text: expected a string"],
    ["/api/v1/explain", "application/json", '{"text":"a","answers":{"b":1}}', 400, "bad-request", "answers.b"],
    ["/api/v1/explain", "application/json", new Uint8Array([0x22, 0xff, 0x22]), 400, "bad-utf8", "not UTF-8"],
    ["/api/v1/explain?answer=nothing", "text/plain", "a", 400, "bad-request", "QUESTION=ANSWER"],
    ["/api/v1/explain?answer=nothing=at-all", "text/plain", "a", 400, "unknown-question", "nothing"],
    ["/api/v1/explain?answer=__proto__=x", "text/plain", "a", 400, "unknown-question", "__proto__"],
    ["/api/v1/explain?answer=goaway-before=perhaps", "text/plain", "a", 400, "unknown-answer", "yes or no"],
    ["/api/v1/explain", "image/png", "a", 415, "unsupported-type", "text/plain or application/json"],
    ["/api/v1/explain", "text/plain; charset=latin1", "a", 415, "unsupported-type", "utf-8"],
    ["/api/v1/explain", "text/plain", "x".repeat(maxBodyBytes + 1), 413, "too-large", String(maxBodyBytes)],
    ["/", "text/plain", "a", 415, "unsupported-type", "form"],
  ];
  it.each(mistakes)("answers a mistake: %s %s %#", async (path, type, body, status, kind, essential) => {
    const response = await post(path, type, body);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as {
      readonly error: { readonly kind: string; readonly message: string };
    };
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(essential);
  });
});

describe("GET /api/v1/explain", () => {
  it("answers one line", async () => {
    const answer = await (await get(`/api/v1/explain?text=${encodeURIComponent(dropped)}`)).json();
    expect(answer).toMatchObject({ known: true });
  });

  it.each(["", "?text=a%0Ab", `?text=${"a".repeat(2_001)}`])("refuses what is not one line %#", async (query) => {
    expect((await get(`/api/v1/explain${query}`)).status).toBe(400);
  });
});

describe("GET /api/v1/entries", () => {
  const ids = async (query: string): Promise<readonly string[]> => {
    const { entries } = (await (await get(`/api/v1/entries${query}`)).json()) as {
      readonly entries: readonly { readonly id: string }[];
    };
    return entries.map(({ id }) => id);
  };

  it("lists, filters and searches", async () => {
    expect(await ids("")).toHaveLength(catalog.records.length);
    expect(await ids("?domain=tcp")).toContain("tcp/fin-inflight");
    expect((await ids("?domain=tcp")).every((id) => id.startsWith("tcp/"))).toBe(true);
    expect(await ids("?domain=tcp&domain=grpc")).toEqual([]);
    expect(await ids("?cause=idle-timeout&implementation=envoy")).toContain("envoy/stream-idle-timeout");
    expect((await ids("?q=too+many+pings")).slice(0, 2)).toContain("http2/enhance-your-calm-too-many-pings");
  });

  it("refuses a filter that there is not", async () => {
    expect((await get("/api/v1/entries?colour=red")).status).toBe(400);
  });
});

describe("wrong requests", () => {
  it("offers the nearest ids, to people and to programs", async () => {
    const page = await get("/tcp/fin-inflght", { accept: "text/html" });
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('href="/tcp/fin-inflight"')]);
    const json = await get("/api/v1/entries/tcp/fin-inflght");
    expect([json.status, await json.json()]).toMatchObject([
      404,
      { error: { nearest: expect.arrayContaining(["tcp/fin-inflight"]) } },
    ]);
    const chinese = await get("/zh/nothing", { accept: "text/html" });
    expect(await chinese.text()).toContain("没有这个页面");
  });

  it.each([
    ["/tcp/fin-inflight.html", "/tcp/fin-inflight"],
    ["/tcp/fin-inflight/", "/tcp/fin-inflight"],
    ["/zh/tcp/fin-inflight.html", "/zh/tcp/fin-inflight"],
    ["/zh", "/zh/"],
    ["/api/v1/entries/tcp/fin-inflight.json", "/api/v1/entries/tcp/fin-inflight"],
  ])("leads from %s to %s", async (from, to) => {
    const response = await get(from);
    expect([response.status, response.headers.get("location")]).toEqual([301, to]);
  });

  it("escapes the address that it repeats", async () => {
    const page = await get("/%3Cscript%3Ealert(1)%3C/script%3E", { accept: "text/html" });
    expect(await page.text()).not.toContain("<script>alert");
  });

  it.each(["/", "/graph", "/tcp/fin-inflight", "/api/v1/explain"])(
    "refuses DELETE %s by what is allowed",
    async (path) => {
      const response = await app.request(`http://127.0.0.1${path}`, { method: "DELETE" });
      expect([response.status, response.headers.get("allow")]).toEqual([405, expect.stringContaining("GET")]);
    },
  );

  it("answers no page of somebody else", async () => {
    expect((await app.request("http://rebound.example/")).status).toBe(421);
    expect((await app.request("http://localhost:4270/")).status).toBe(200);
    for (const address of ["http://192.168.0.7:4270/", "http://[fe80::1]/"]) {
      expect((await app.request(address)).status).toBe(200);
    }
    const named = createApp({ catalog, names: ["shop.example"] });
    expect((await named.request("http://shop.example/")).status).toBe(200);
    expect((await named.request("http://other.example/")).status).toBe(421);
    const foreign = {
      method: "POST",
      headers: { "content-type": "text/plain", origin: "https://evil.example" },
      body: dropped,
    };
    expect((await app.request("http://127.0.0.1/api/v1/explain", foreign)).status).toBe(403);
    const nameless = { ...foreign, headers: { "content-type": "text/plain", origin: "null" } };
    expect((await app.request("http://127.0.0.1/api/v1/explain", nameless)).status).toBe(403);
    const own = { ...foreign, headers: { "content-type": "text/plain", origin: "http://127.0.0.1" } };
    expect((await app.request("http://127.0.0.1/api/v1/explain", own)).status).toBe(200);
  });
});
