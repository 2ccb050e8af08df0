import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { causeFamilies } from "./cause-families.ts";
import { entriesOfFamily, entriesWith, isOfBuilding, maxTied, withFamily } from "./entries-of-family.ts";
import { EntryList } from "./entry-list.ts";
import { explain } from "./index.ts";

const entries = new EntryList(table.entries, []);
const idsOf = (indexes: readonly number[]): string[] => indexes.map((index) => entries.at(index).id);

describe("the families", () => {
  it("name entries that are there", () => {
    const named = causeFamilies.flatMap(([ids]) => ids);
    expect(named.filter((id) => entries.indexOf(id) === undefined)).toEqual([]);
  });

  it("are in lower case, as what they are looked for in", () => {
    const capitals = causeFamilies.flatMap(([, ...words]) =>
      words.filter(({ source }) => /[A-Z]/.test(source.replace(/\\[A-Z]/g, ""))),
    );
    expect(capitals).toEqual([]);
  });

  it.each([
    ["the widget's line was dropped", "tcp/fin-inflight"],
    ["nobody could be contacted: failed to contact the depot", "connect/refused"],
    ["depot: zero addresses", "connect/name-not-found"],
    ["peer showed a certificate of another", "tls/handshake-failed"],
    ["the payload of 7 MB exceeds what is taken", "grpc/message-too-large"],
    ["answer came without trailers", "http2/missing-trailers"],
    ["could not unmarshal what came", "grpc/bad-response-framing"],
    ["code=ENHANCE_YOUR_CALM", "http2/rst-enhance-your-calm"],
    ["stream ended, http2_error: 2", "http2/rst-internal-error"],
    ["cannot assign requested address", "connect/refused"],
    ["the watchdog barked", "keepalive/ping-timeout-dead-peer"],
    ["gave up: took too long", "client/deadline-exceeded"],
  ])("tell of %j", (text, id) => {
    expect(idsOf(entriesOfFamily(text, entries))).toContain(id);
  });

  it("name at most two families and six causes", () => {
    const all = "refused_stream enhance_your_calm too large certificate dns closed deadline cancelled goaway unmarshal";
    expect(entriesOfFamily(all, entries).length).toBeLessThanOrEqual(maxTied);
    expect(idsOf(entriesOfFamily(all, entries))).not.toContain("client/deadline-exceeded");
  });

  it("have nothing to say of other words", () => {
    expect(entriesOfFamily("a fine day", entries)).toEqual([]);
  });

  it("keep to what may come with a status", () => {
    const allowed = entriesWith("NOT_FOUND", table);
    expect(idsOf(entriesOfFamily("no such host in the inventory", entries, allowed))).not.toContain(
      "connect/name-not-found",
    );
    expect(entriesWith("UNKNOWN", table)).toBeUndefined();
  });

  it("stand behind a phrase and never in its place", () => {
    const [refused] = [entries.indexOf("connect/refused") ?? -1];
    expect(withFamily([], "closed", entries)).toEqual([]);
    expect(idsOf(withFamily([refused], "refused, then closed", entries))[0]).toBe("connect/refused");
  });
});

describe("a build that failed", () => {
  it.each(["npm ERR! grpc@1.24.0 install: node-pre-gyp failed", "protoc: program not found", "ImportError: grpc"])(
    "is no call: %j",
    (text) => {
      expect(isOfBuilding(text)).toBe(true);
    },
  );
});

describe("what nobody has taught", () => {
  it.each([
    // A status with the words of an application.
    ["rpc error: code = Unavailable desc = the kitchen is shut for today", "grpc/status-from-server"],
    ["DEADLINE_EXCEEDED: the cook and the waiter did not meet in PT12S", "grpc/status-from-server"],
    ["Code: Unimplemented, Message: Nobody cooks that here", "server/unimplemented"],
    // A library's frames above a word of the system.
    [
      "java.net.SocketException: socket is shut\n\tat okhttp3.internal.http2.Http2Reader.nextFrame(Http2Reader.java:96)\nCaused by: connection lost",
      "tcp/fin-inflight",
    ],
    [
      "E0727 ..\\..\\src\\core\\lib\\iomgr\\x.c:107] no connection: target machine actively refused it",
      "connect/refused",
    ],
    // Programs that have nothing but gRPC between them.
    ["Could not register device plugin: context deadline exceeded", "connect/settings-hang"],
    ["h2_stream(12-3,CLOSED): ending with protocol error", "http2/rst-protocol-error"],
  ])("is told by its family: %j", (text, id) => {
    const { findings } = explain(text);
    expect(findings.flatMap(({ tied }) => tied)).toContain(id);
    expect(findings.every(({ confidence }) => confidence < 0.95)).toBe(true);
  });
});
