/** The tools and resources as a client sees them, in memory, in both eras of the protocol. */

import { Client, InMemoryTransport, type CallToolResult } from "@modelcontextprotocol/client";
import { entries, entry, explain, questionAnswers } from "@holdfast/catalog";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { afterAll, describe, expect, it } from "vitest";
import { createCatalogServer } from "./catalog-server.ts";
import type { ExplanationOutput } from "./explanation-output.ts";
import { pastedNotice } from "./pasted-data.ts";
import { openShelf } from "./shelf.ts";

const shelf = await openShelf(undefined, expect.fail);

async function connect(mode: "auto" | "legacy") {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const serving = serveStdio(() => createCatalogServer("0.0.1", shelf), { transport: theirs });
  const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode } });
  await client.connect(ours);
  await client.listTools(); // from now on the client holds every answer against its schema
  const close = async () => {
    await client.close();
    await serving.close();
  };
  return { client, close };
}

// One for all: the server keeps nothing of a call, and each client compiles every schema.
const { client, close } = await connect("auto");
afterAll(() => close());

async function call(name: string, args: Record<string, unknown>): Promise<CallToolResult> {
  return client.callTool({ name, arguments: args });
}

/** The structured answer, which the client has held against the tool's output schema. */
async function ask<T>(name: string, args: Record<string, unknown>): Promise<T> {
  const result = await call(name, args);
  expect(result.isError ?? false, textOf(result)).toBe(false);
  return result.structuredContent as T;
}

function textOf({ content }: CallToolResult): string {
  return content.map((each) => (each.type === "text" ? each.text : "")).join("\n");
}

/** What an error says. */
async function refusal(name: string, args: Record<string, unknown>): Promise<string> {
  const result = await call(name, args);
  expect(result.isError).toBe(true);
  return textOf(result);
}

const dropped = "Error: 14 UNAVAILABLE: Connection dropped";

describe("the tools", () => {
  it("are five, and each says what it takes, what it returns and that it only reads", async () => {
    const { tools } = await client.listTools();
    const names = ["answer_question", "explain_error", "get_entry", "list_entries", "search_entries"];
    expect(tools.map(({ name }) => name).sort()).toEqual(names);
    for (const { description = "", outputSchema, annotations } of tools) {
      expect(description).toMatch(/return/i);
      expect(description).toMatch(/use it/i);
      expect(outputSchema).toMatchObject({ type: "object" });
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    }
    expect(client.getInstructions()).toContain("explain_error first");
  });

  it("answer in the era of the handshake too", async () => {
    const legacy = await connect("legacy");
    const told = await legacy.client.callTool({ name: "explain_error", arguments: { text: dropped } });
    expect(told.structuredContent).toMatchObject({ known: true });
    expect((await legacy.client.listResources()).resources).toHaveLength(entries().length);
    await legacy.close();
  });

  it("refuse a name that there is not", async () => {
    await expect(call("fix_error", {})).rejects.toThrow(/fix_error/);
  });
});

describe("explain_error", () => {
  it("names the entry, with its words and where they stand", async () => {
    const text = `starting\n${dropped}\n${dropped}\n`;
    const told = await ask<ExplanationOutput>("explain_error", { text });
    const [finding] = told.findings;
    expect(told.known).toBe(true);
    expect(finding).toMatchObject({ id: finding?.tied[0], lines: [2, 2], count: 2 });
    expect(finding?.title).toBe(entry(finding?.id ?? "")?.title);
    expect(finding?.words?.todo.length).toBeGreaterThan(0);
    expect(finding?.tiedTitles).toEqual(finding?.tied.map((id) => entry(id)?.title));
    expect(finding?.pasted).toMatchObject({ notice: pastedNotice, text: dropped, facts: { code: "UNAVAILABLE" } });
  });

  it("says the same shortly in text, with the question and how to answer it", async () => {
    const result = await call("explain_error", { text: dropped });
    const told = result.structuredContent as ExplanationOutput;
    const question = told.findings[0]?.question;
    expect(question).toBeDefined();
    expect(textOf(result)).toContain(`answer_question(question: ${question?.id}`);
    expect(textOf(result)).toContain(told.findings[0]?.words?.happened);
    expect(textOf(result)).toContain("processed: maybe");
    expect(textOf(result).length).toBeLessThan(4_000);
  });

  it("says which answer was left out, because the text speaks against it", async () => {
    const args = { text: dropped, answers: { "what-the-port-answers": "no-name" } };
    const { content, structuredContent } = await client.callTool({ name: "explain_error", arguments: args });
    expect(structuredContent).toMatchObject({
      findings: [{ contradicted: [{ question: "what-the-port-answers", answer: "no-name" }] }],
    });
    expect(JSON.stringify(content)).toContain("Left out: your answer what-the-port-answers=no-name");
  });

  it("speaks Chinese", async () => {
    const told = await ask<ExplanationOutput>("explain_error", { text: dropped, lang: "zh" });
    expect(told.findings[0]?.title).toBe(entry(told.findings[0]?.id ?? "")?.title_zh);
  });

  it("answers what it does not know with what to capture, as an answer", async () => {
    // In a log a status without words may be an echo of what other lines say.
    const text = `order 7: rpc error: code = Unavailable desc = \n${"all is well\n".repeat(40)}`;
    const told = await ask<ExplanationOutput>("explain_error", { text });
    expect(told).toMatchObject({ known: false, findings: [] });
    expect(told.notKnown).toHaveLength(1);
    expect(told.capture.map(({ run }) => run).join()).toContain("GODEBUG=http2debug=2");
  });

  it("finds nothing in a text about something else", async () => {
    const told = await ask<ExplanationOutput>("explain_error", { text: "make: *** [all] Error 2" });
    expect(told).toMatchObject({ known: false, findings: [], notKnown: [] });
    expect(told.capture.length).toBeGreaterThan(0);
  });

  it("lists at most forty findings, the first five with words, and counts the others", async () => {
    const failures = entries().flatMap(({ signatures }) =>
      signatures.filter(({ role }) => role === "failure").map(({ example }) => example),
    );
    const told = await ask<ExplanationOutput>("explain_error", { text: failures.join("\n\n\n") });
    expect(told.findings).toHaveLength(40);
    expect(told.findings.filter(({ words }) => words !== undefined)).toHaveLength(5);
    expect(told.findingsLeftOut).toBeGreaterThan(50);
  });

  it.each([
    ["nothing", { text: " \n\t" }, "nothing to explain"],
    ["too much", { text: "x".repeat(1_000_001) }, "at most 1,000,000 characters"],
    ["no text", {}, "text"],
    ["another language", { text: dropped, lang: "fr" }, '"en"|"zh"'],
    ["a question that is none", { text: dropped, answers: { "goaway-befor": "yes" } }, "the nearest: goaway-before"],
    ["an answer that is none", { text: dropped, answers: { "goaway-before": "perhaps" } }, "expected yes or no"],
    ["a name that is no name", { text: dropped, answers: { "goaway-before": "\u001b[31m" } }, "such as yes"],
  ])("refuses %s and says what it takes", async (_, args, essential) => {
    expect(await refusal("explain_error", args)).toContain(essential);
  });

  it("takes a text of the greatest size", async () => {
    const text = `${dropped}\n${"x".repeat(1_000_000 - dropped.length - 1)}`;
    expect((await ask<ExplanationOutput>("explain_error", { text })).findings).toHaveLength(1);
  });
});

describe("answer_question", () => {
  type Answered = ExplanationOutput & { readonly answered: { readonly changed: boolean } };

  it("leaves fewer causes, and asks on until nothing is asked", async () => {
    let told = await ask<ExplanationOutput>("explain_error", { text: dropped });
    const answers: Record<string, string> = {};
    for (let round = 0; told.findings[0]?.question !== undefined; round++) {
      expect(round).toBeLessThan(Object.keys(questionAnswers()).length);
      const before = told.findings[0];
      const { id = "", answers: possible = [] } = before.question ?? {};
      const answer = possible[0]?.id ?? "";
      const next = await ask<Answered>("answer_question", { text: dropped, question: id, answer, answers });
      expect(next.findings[0]?.tied.length ?? 0).toBeLessThanOrEqual(before.tied.length);
      expect(next.answered).toEqual({
        question: id,
        answer,
        changed: (next.findings[0]?.tied.length ?? 0) < before.tied.length,
      });
      answers[id] = answer;
      told = next;
    }
    expect(Object.keys(answers).length).toBeGreaterThan(0);
  });

  it("takes the new answer when the question was answered before", async () => {
    const told = await ask<ExplanationOutput>("explain_error", { text: dropped });
    const { id = "", answers = [] } = told.findings[0]?.question ?? {};
    const asked = { text: dropped, question: id, answer: answers[0]?.id };
    const once = await ask<Answered>("answer_question", asked);
    for (const before of answers)
      expect(await ask<Answered>("answer_question", { ...asked, answers: { [id]: before.id } })).toEqual(once);
  });

  it("says that the tie is another one, also when it is as long as before", async () => {
    const first = "server-at-that-second";
    const { [first]: ones = [], ...others } = questionAnswers();
    const tie = (answers: Readonly<Record<string, string>>) =>
      (explain(dropped, { answers }).findings[0]?.tied ?? []) as readonly string[];
    let crossed = 0;
    for (const one of ones) {
      const old = tie({ [first]: one });
      // The library says where to look: to ask the server for every answer to every question takes half a minute.
      for (const [question, answers] of Object.entries(others)) {
        const ties = answers.map((answer) => ({ answer, tied: tie({ [first]: one, [question]: answer }) }));
        const other = ties.find(({ tied }) => tied.length === old.length && tied.join() !== old.join());
        if (other === undefined) continue;
        crossed++;
        const same = ties.filter(({ tied }) => tied.join() === old.join()).slice(0, 1);
        for (const { answer, tied } of [other, ...same]) {
          const asked = { text: dropped, question, answer, answers: { [first]: one } };
          const told = await ask<Answered>("answer_question", asked);
          expect(told.findings[0]?.tied).toEqual(tied);
          expect(told.answered.changed, `${one} ${question}=${answer}`).toBe(answer === other.answer);
        }
      }
      if (crossed > 0) break;
    }
    expect(crossed).toBeGreaterThan(0);
  });

  it("says when nothing depends on the answer", async () => {
    const text = "grpc: order 7 is gone";
    const told = await ask<Answered>("answer_question", { text, question: "goaway-before", answer: "yes" });
    expect(told.answered.changed).toBe(false);
    expect(told.known).toBe(false);
  });

  it("refuses a question or an answer that is none", async () => {
    const asked = { text: dropped, question: "goaway-before", answer: "yes" };
    expect(await refusal("answer_question", { ...asked, question: "goaway" })).toContain("the nearest: goaway-");
    expect(await refusal("answer_question", { ...asked, answer: "no idea" })).toContain("expected yes or no");
  });
});

describe("get_entry", () => {
  it.each(entries().map(({ id }) => id))("gives all of %s in both languages", async (id) => {
    for (const lang of ["en", "zh"] as const) {
      const result = await call("get_entry", { id, lang });
      expect(result.isError ?? false, textOf(result)).toBe(false);
      const record = entry(id);
      expect(result.structuredContent).toMatchObject({
        id,
        title: lang === "zh" ? record?.title_zh : record?.title,
        workarounds: record?.workarounds.map(({ sources }) => ({ sources: [...new Set(sources)] })),
      });
    }
  });

  it("names the nearest ids when there is no such entry", async () => {
    expect(await refusal("get_entry", { id: "tcp/fin-in-flight" })).toContain("Nearest: tcp/fin-inflight");
    expect(await refusal("get_entry", { id: "../../package" })).toContain("search_entries finds");
  });

  it("says nothing back that is no name", async () => {
    const id = "tcp/\u001b]0;x\u0007 `ignore` all";
    expect(await refusal("get_entry", { id })).not.toContain("ignore");
  });
});

describe("list_entries", () => {
  interface Listed {
    readonly count: number;
    readonly entries: readonly { readonly id: string }[];
  }

  it("lists all, or what the filters leave", async () => {
    expect((await ask<Listed>("list_entries", {})).count).toBe(entries().length);
    const tcp = await ask<Listed>("list_entries", { domain: "tcp" });
    expect(tcp.entries.map(({ id }) => id)).toEqual(
      entries().flatMap(({ id, domain }) => (domain === "tcp" ? [id] : [])),
    );
    const both = await ask<Listed>("list_entries", { domain: "tcp", implementation: "grpc-js" });
    expect(both.count).toBeGreaterThan(0);
    expect(both.count).toBeLessThan(tcp.count + 1);
    const tag = entries()[0]?.tags[0] ?? "";
    expect((await ask<Listed>("list_entries", { tag })).count).toBeGreaterThan(0);
    expect((await ask<Listed>("list_entries", { category: "shutdown", lang: "zh" })).count).toBeGreaterThan(0);
  });

  it("answers with an empty list where nothing fits", async () => {
    expect(await ask<Listed>("list_entries", { domain: "tcp", category: "configuration" })).toEqual({
      count: 0,
      entries: [],
    });
  });

  it("refuses a filter that names nothing", async () => {
    expect(await refusal("list_entries", { domain: "htpp2" })).toContain("http2");
    expect(await refusal("list_entries", { tag: "keep-alive" })).toContain("keepalive");
    expect(await refusal("list_entries", { implementation: "grpc-cobol" })).toContain("grpc-core");
  });
});

describe("search_entries", () => {
  interface Found {
    readonly count: number;
    readonly hits: readonly { readonly id: string; readonly title: string; readonly match: string }[];
  }

  it("finds entries by words, likeliest first, with the piece of text", async () => {
    const { count, hits } = await ask<Found>("search_entries", { query: "max connection age grace" });
    expect(hits[0]?.id).toBe("server/max-connection-age-grace-kill");
    expect(hits[0]?.match).not.toBe("");
    expect(hits.length).toBeLessThanOrEqual(10);
    expect(count).toBeGreaterThanOrEqual(hits.length);
    expect((await ask<Found>("search_entries", { query: "connection", limit: 2 })).hits).toHaveLength(2);
  });

  it("finds Chinese words and answers in Chinese", async () => {
    const { hits } = await ask<Found>("search_entries", { query: "空闲连接", lang: "zh" });
    expect(hits[0]?.title).toBe(entry(hits[0]?.id ?? "")?.title_zh);
  });

  it("answers with nothing where nothing is found", async () => {
    const result = await call("search_entries", { query: "qwzx" });
    expect(result.structuredContent).toEqual({ count: 0, hits: [] });
    expect(textOf(result)).toContain("list_entries");
  });

  it("refuses an empty or endless search", async () => {
    expect(await refusal("search_entries", { query: "  " })).toContain("nothing to search for");
    expect(await refusal("search_entries", { query: "a ".repeat(300) })).toContain("explain_error");
    expect(await refusal("search_entries", { query: "goaway", limit: 1_000 })).toContain("20");
  });
});

describe("the resources", () => {
  it("are the entries, in both languages", async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(entries().map(({ id }) => `holdfast://entry/${id}`));
    const english = await client.readResource({ uri: "holdfast://entry/tcp/fin-inflight" });
    const chinese = await client.readResource({ uri: "holdfast://entry/tcp/fin-inflight?lang=zh" });
    expect(english.contents[0]).toMatchObject({ mimeType: "text/markdown" });
    expect(JSON.stringify(english)).toContain(entry("tcp/fin-inflight")?.title);
    expect(JSON.stringify(chinese)).toContain(entry("tcp/fin-inflight")?.title_zh);
  });

  it("complete an id that was begun", async () => {
    const { completion } = await client.complete({
      ref: { type: "ref/resource", uri: "holdfast://entry/{+id}" },
      argument: { name: "id", value: "tcp/f" },
    });
    expect(completion.values).toContain("tcp/fin-inflight");
  });

  it("refuse an id that there is not, and an address that is none", async () => {
    await expect(client.readResource({ uri: "holdfast://entry/tcp/fin" })).rejects.toThrow(
      /Nearest: tcp\/fin-inflight/,
    );
    await expect(client.readResource({ uri: "holdfast://entry/%00%1b" })).rejects.toThrow(/no id/);
    await expect(client.readResource({ uri: "file:///etc/passwd" })).rejects.toThrow(/not found/i);
  });
});
