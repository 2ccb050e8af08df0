import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";
import { frameWords } from "./frame-words.ts";

const refused = { id: "connect/refused", processed: "no" } as const;

describe("the words of a frame", () => {
  it.each([
    ["while dialing: dial npipe x: timeout", "while dialing{: dial | dial }{text}", "while dialing: dial"],
    ["call. IOException: shut: late", "call. {IOException|HttpIOException}: {text}", "call. IOException"],
    ["service a:b: refused: c", "service {text}: {text}", "service a:b"],
  ])("end where its last hole begins: %j", (words, template, own) => {
    expect(frameWords(words, template, refused)).toBe(own);
  });

  it("are all of them where nothing is open at the end", () => {
    expect(frameWords("dial x: refused", "dial {text}: refused", refused)).toBe("dial x: refused");
    expect(frameWords("dial here", "dial {word}", refused)).toBe("dial here");
  });

  it("are all of them where the entry is a cause", () => {
    const words = "TLS error: bad certificate";
    expect(frameWords(words, "TLS error: {text}", { id: "tls/handshake-failed", processed: "no" })).toBe(words);
  });

  it("are all of them in a record that somebody brought along, whatever stands in its expression", () => {
    const brought = { ...refused, from: "own.json" };
    expect(frameWords("a }b", "a }b{text}", brought)).toBe("a }b");
  });
});

describe("a frame that a signature knows", () => {
  const dialing = 'connection error: desc = "transport: Error while dialing: ';
  it.each([
    [`${dialing}dial npipe ////./pipe/x: timeout"`, "connect/settings-hang", "connect/refused"],
    [
      "Error starting gRPC call. HttpRequestException: so: the remote certificate is bad",
      "tls/handshake-failed",
      "dotnet/http2-connection-closed",
    ],
  ])("is named behind the cause in it: %j", (text, cause, frame) => {
    const tied = explain(text).findings[0]?.tied ?? [];
    expect(tied[0]).toBe(cause);
    expect(tied.at(-1)).toBe(frame);
  });

  it("is the answer where what it holds is not known", () => {
    const text = `${dialing}open //./pipe/x: the cook has left"`;
    expect(explain(text).findings[0]?.tied).toEqual(["connect/refused"]);
  });
});
