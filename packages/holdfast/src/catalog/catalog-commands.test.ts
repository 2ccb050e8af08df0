import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { sampleReceived } from "../../../catalog/test/received/sample-received.ts";
import {
  readReceived,
  receivedFolder,
  receivedId,
  receivedJson,
  receivedMarkdown,
  skippedNote,
  whySkipped,
} from "../../../catalog/test/received/received-folder.ts";
import { captureOutput } from "../../test/captured-output.ts";
import { runCommand } from "../command.ts";
import { CatalogEntries } from "./catalog-entries.ts";
import { createEntrySearch } from "./search-entries.ts";

const folder = mkdtempSync(path.join(tmpdir(), "catalog-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A folder of the given files; undefined makes a folder of that name. */
let folders = 0;
const folderOf = (files: Readonly<Record<string, string | Uint8Array | undefined>>): string => {
  const made = path.join(folder, String(folders++));
  mkdirSync(made);
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) mkdirSync(path.join(made, name));
    else writeFileSync(path.join(made, name), text);
  }
  return made;
};
const ourId = "grpc/goaway-unprocessed-stream";
const ownText = `${JSON.stringify(sampleReceived, undefined, 2)}\n`;
const own = folderOf({ "lights.json": ownText, "readme.md": "x", "old.json": undefined });
const inPlace = folderOf({ "ours.json": JSON.stringify({ ...sampleReceived, id: ourId }) });

const printed = captureOutput();

describe("holdfast show", () => {
  it("prints an entry in each format and language", async () => {
    const essentials = {
      text: ["The server was leaving", "What to Do", "not measured yet"],
      json: [`"id": "${ourId}"`],
      md: ["# The server was leaving", `- **ID:** \`${ourId}\``],
      html: ["<!doctype html>", "<h1>The server was leaving"],
    };
    for (const [format, parts] of Object.entries(essentials)) {
      printed.out = "";
      expect(await runCommand(["show", ourId, "--format", format])).toBe(0);
      for (const part of parts) expect(printed.out).toContain(part);
    }
    expect(await runCommand(["show", ourId, "--lang", "zh"])).toBe(0);
    expect(printed.out).toContain("尚未测量");
  });

  it("names the nearest ids for one that there is not, with status 1", async () => {
    expect(await runCommand(["show", "grpc/goaway-unprocesed"])).toBe(1);
    expect(printed.err).toMatch(
      /^no entry is called grpc\/goaway-unprocesed; nearest: grpc\/goaway-unprocessed-stream/,
    );
    expect(await runCommand(["show", "\u001b[31mqqqq"])).toBe(1);
    expect(printed.err).not.toContain("\u001b");
    expect(printed.err).toMatch(/`(?:npx )?holdfast list` names all/);
    expect(printed.out).toBe("");
  });

  it("asks for an id when it gets an empty one, with status 2", async () => {
    expect(await runCommand(["show", " "])).toBe(2);
    expect(printed.err).toContain("no entry is named: give an id, such as tcp/fin-inflight");
  });

  it("names the command as it was called", async () => {
    vi.stubEnv("npm_lifecycle_event", "npx");
    await runCommand(["show", ""]);
    expect(printed.err).toContain("(npx holdfast help lists the commands; npx holdfast help <command> its options)");
    vi.stubEnv("npm_lifecycle_event", undefined);
    printed.err = "";
    await runCommand(["show", ""]);
    vi.unstubAllEnvs();
    expect(printed.err).toContain("(holdfast help lists the commands; holdfast help <command> its options)");
  });

  it("shows a record of one's own by id and alias, with its tier, and says what it passed over", async () => {
    for (const name of [sampleReceived.id, ...sampleReceived.aliases]) {
      printed.out = "";
      expect(await runCommand(["show", name, "--catalog", own])).toBe(0);
      expect(printed.out).toContain("ai_generated");
      expect(printed.out).toContain(`A record of your own: ${path.join(own, "lights.json")}`);
    }
    expect(printed.err).toContain(`${own}: 1 record read, 2 passed over (not *.json)`);
    expect(await runCommand(["show", ourId, "--catalog", own])).toBe(0);
  });

  it("lets it go before ours, and says so", async () => {
    expect(await runCommand(["show", ourId, "--catalog", inPlace])).toBe(0);
    expect(printed.out).toContain(sampleReceived.signature);
    expect(printed.out).toContain(`A record of your own, in place of ours: ${path.join(inPlace, "ours.json")}`);
    expect(await runCommand(["show", ourId, "--catalog", inPlace, "--format", "md"])).toBe(0);
    expect(printed.err).toContain(`ours.json takes the place of our entry ${ourId}`);
  });

  it("gives a record back to the byte", async () => {
    expect(await runCommand(["show", sampleReceived.id, "--catalog", own, "--format", "json"])).toBe(0);
    expect(printed.out).toBe(ownText);
  });

  it("takes an entry of ours as a record of one's own", async () => {
    expect(await runCommand(["show", ourId, "--format", "json"])).toBe(0);
    const copied = folderOf({
      "copy.json": printed.out,
      "broken.json": printed.out.replace('"wire"', '"wires"').replace(ourId, "a/b"),
    });
    printed.out = "";
    expect(await runCommand(["show", ourId, "--catalog", copied])).toBe(2);
    expect(printed.err).toContain("broken.json: wire: expected array, received undefined");
    rmSync(path.join(copied, "broken.json"));
    expect(await runCommand(["show", ourId, "--catalog", copied, "--format", "md"])).toBe(0);
    expect(printed.out).toContain("## What Happened");
  });
});

/** Files of a folder, and what the refusal must say. */
const refused: readonly (readonly [string, Readonly<Record<string, string | Uint8Array>>, string])[] = [
  ["no JSON", { "a.json": "{" }, "a.json: not JSON: "],
  ["no UTF-8", { "a.json": Uint8Array.of(0x22, 0xff, 0x22) }, "a.json: not UTF-8"],
  ["an empty file", { "a.json": "" }, "a.json: not JSON: "],
  ["a list", { "a.json": "[]" }, "a.json: expected object, received array"],
  [
    "a field of the wrong kind",
    { "a.json": JSON.stringify({ ...sampleReceived, workarounds: [{ ...sampleReceived.workarounds[0], how: 5 }] }) },
    "a.json: workarounds[0].how: expected string, received number",
  ],
  [
    "a missing field",
    { "a.json": JSON.stringify({ ...sampleReceived, tags: undefined }) },
    "a.json: tags: expected array, received undefined",
  ],
  ["two of one id", { "a.json": ownText, "b.json": ownText }, "b.json: id: sample/lights-out is the id of "],
  [
    "an id that leads out of a folder",
    { "a.json": JSON.stringify({ ...sampleReceived, id: "sample/../../lights" }) },
    "a.json: id: expected domain/slug",
  ],
  [
    "what is nested without an end",
    { "a.json": `${ownText.trimEnd().slice(0, -1)}, "more": ${"[".repeat(50_000)}${"]".repeat(50_000)}}` },
    "a.json: nested deeper than 64 levels",
  ],
  ["many problems", { "a.json": "{}" }, "; and "],
];

describe("--catalog", () => {
  it.each(refused)("refuses %s with path, field and what was expected", async (_name, files, essential) => {
    const bad = folderOf(files);
    for (const command of [
      ["show", ourId],
      ["explain", "EOF"],
    ]) {
      printed.err = "";
      expect(await runCommand([...command, "--catalog", bad])).toBe(2);
      expect(printed.err).toContain(`error: ${bad}`);
      expect(printed.err).toContain(essential);
      expect(printed.out).toBe("");
    }
  });

  it("prints nothing that a terminal obeys, wherever it stood in a record or a name", async () => {
    const evil = "lamp\u001b[2J\u009b1m\u202e";
    const record = { ...sampleReceived, signature: evil, root_cause: evil, tags: [evil], aliases: [evil] };
    const bad = folderOf({ "a\u001b[2J.json": JSON.stringify(record) });
    const commands = [["show", record.id], ["list"], ["search", "lamp"], ["explain", "grpc: lights are out: code 1"]];
    for (const command of commands) expect(await runCommand([...command, "--catalog", bad])).toBe(0);
    expect(printed.out).toContain("lamp");
    expect(printed.out + printed.err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it("takes words that every object has for what they are", async () => {
    const record = { ...sampleReceived, category: "constructor", root_cause_type: "toString", domain: "__proto__" };
    const odd = folderOf({ "a.json": JSON.stringify(record) });
    for (const format of ["text", "md", "html", "json"]) {
      for (const lang of ["en", "zh"]) {
        printed.out = "";
        expect(await runCommand(["show", record.id, "--catalog", odd, "--format", format, "--lang", lang])).toBe(0);
        expect(printed.out).toContain("constructor");
        expect(printed.out).not.toContain("native code");
      }
    }
  });

  it("refuses what is no folder", async () => {
    expect(await runCommand(["list", "--catalog", path.join(folder, "nowhere")])).toBe(2);
    expect(printed.err).toContain("nowhere: no such folder");
    expect(await runCommand(["list", "--catalog", path.join(own, "readme.md")])).toBe(2);
    expect(printed.err).toContain("readme.md: is a file; name the folder that holds it");
  });

  it("explains by a record's own expression, in linear time, and shows its tier", async () => {
    expect(await runCommand(["explain", "grpc: lights are out: code 12", "--catalog", own])).toBe(0);
    expect(printed.out).toContain(`your own record, ${path.join(own, "lights.json")} (ai_generated)`);
    expect(printed.out).toContain("Somebody turned the switch.");
    expect(printed.out).toContain(`holdfast show sample/lights-out --catalog ${own}`);
    printed.out = "";
    expect(await runCommand(["explain", "grpc: lights are out: code 12", "--markdown", "--catalog", own])).toBe(0);
    expect(printed.out).not.toMatch(/:\*\* *$/m);
    const slow = folderOf({ "a.json": JSON.stringify({ ...sampleReceived, regex: "grpc (a+)+b" }) });
    expect(await runCommand(["explain", `grpc ${"a".repeat(5_000)}`, "--catalog", slow])).toBe(1);
  });

  it("refuses an expression that cannot run in linear time", async () => {
    const bad = folderOf({ "a.json": JSON.stringify({ ...sampleReceived, regex: String.raw`(a)\1` }) });
    expect(await runCommand(["explain", "grpc: aa", "--catalog", bad])).toBe(2);
    expect(printed.err).toContain(`${path.join(bad, "a.json")}: regex: refused: `);
  });
});

describe("holdfast list", () => {
  const listed = (): readonly { readonly id: string; readonly from?: string }[] =>
    JSON.parse(printed.out) as readonly { readonly id: string; readonly from?: string }[];

  it("lists all entries in the order of ids", async () => {
    expect(await runCommand(["list", "--json"])).toBe(0);
    const ids = listed().map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(83);
    expect(ids).toEqual([...ids].sort());
  });

  it("takes every filter together, over records of one's own too", async () => {
    expect(
      await runCommand(["list", "--domain", "grpc", "--tag", "goaway", "--implementation", "grpc-go", "--json"]),
    ).toBe(0);
    expect(listed().map(({ id }) => id)).toContain(ourId);
    for (const { id } of listed()) expect(id).toMatch(/^grpc\//);
    printed.out = "";
    expect(await runCommand(["list", "--tag", "dark", "--catalog", own, "--json"])).toBe(0);
    expect(listed()).toMatchObject([{ id: sampleReceived.id, from: path.join(own, "lights.json") }]);
    printed.out = "";
    expect(await runCommand(["list", "--domain", "nginx", "--implementation", "envoy"])).toBe(1);
    expect(printed.err).toContain("no entry fits all of these");
  });

  it("says what there is instead of a name that no entry has", async () => {
    expect(await runCommand(["list", "--category", "timeouts"])).toBe(2);
    expect(printed.err).toMatch(/--category timeouts: did you mean timeout\? expected one of .*timeout/);
    expect(await runCommand(["list", "--implementation", "golang"])).toBe(2);
    expect(printed.err).toContain("--implementation golang: did you mean grpc-go or go-net-http2? expected one of ");
    expect(await runCommand(["list", "--tag", "goawy"])).toBe(2);
    expect(printed.err).toContain("nearest: goaway");
  });
});

describe("holdfast search", () => {
  // The index takes most of a second, so one serves all words.
  const made = CatalogEntries.load()
    .then((entries) => entries.all())
    .then(createEntrySearch);
  /** Words, and an entry that must be among the first five. */
  const searches: readonly (readonly [string, string])[] = [
    ["idle timeout load balancer", "lb/alb-idle-60s"],
    ["too_many_pings", "http2/enhance-your-calm-too-many-pings"],
    ["空闲 超时", "envoy/stream-idle-timeout"],
    ["负载均衡器空闲", "lb/azure-silent-drop"],
    ["stream refused by server", ourId],
    ["unprocesed goaway", ourId],
    ["fin-inflight", "tcp/fin-inflight"],
    ["进程崩溃", "tcp/fin-inflight"],
    ["tcp_retries2", "keepalive/disabled-half-open"],
  ];
  it.each(searches)("finds %s", async (words, id) => {
    const { search } = await made;
    expect(
      search(words, "en")
        .slice(0, 5)
        .map((hit) => hit.id),
    ).toContain(id);
  });

  it("prints a JSON array, likeliest first", async () => {
    expect(await runCommand(["search", "--json", "fin-inflight"])).toBe(0);
    const hits = JSON.parse(printed.out) as readonly { readonly id: string; readonly score: number }[];
    expect(hits[0]?.id).toBe("tcp/fin-inflight");
    expect(hits.map(({ score }) => score)).toEqual([...hits.map(({ score }) => score)].sort((a, b) => b - a));
  });

  it("answers in the language of the words, with the text that was found", async () => {
    expect(await runCommand(["search", "进程崩溃"])).toBe(0);
    expect(printed.out).toContain("调用进行到一半时连接被关闭\n  tcp/fin-inflight\n");
    printed.out = "";
    expect(await runCommand(["search", "curtain", "--catalog", own])).toBe(0);
    expect(printed.out).toContain(`sample/lights-out (${path.join(own, "lights.json")})`);
  });

  it("says that it found nothing, with status 1", async () => {
    expect(await runCommand(["search", "xylophone"])).toBe(1);
    expect(printed.err).toContain("nothing found for xylophone");
    expect(await runCommand(["search", " "])).toBe(2);
  });
});

describe.skipIf(whySkipped !== undefined)(`the received records by the command${skippedNote}`, () => {
  const show = (...flags: string[]): Promise<number> =>
    runCommand(["show", receivedId, "--catalog", receivedFolder ?? "", ...flags]);

  it("come back as they were received", async () => {
    expect(await show("--format", "md")).toBe(0);
    expect(printed.out).toBe(readReceived(receivedMarkdown));
    printed.out = "";
    expect(await show("--format", "json")).toBe(0);
    expect(printed.out.trimEnd()).toBe(readReceived(receivedJson).trimEnd());
    expect(printed.err).toContain("passed over");
  });
});
