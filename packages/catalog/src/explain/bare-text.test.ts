import { describe, expect, it } from "vitest";
import { isBareText } from "./bare-text.ts";

describe("isBareText", () => {
  it.each(["Connection dropped", "EOF", "read ECONNRESET", "connection reset by peer", "Stream refused by server"])(
    "lets %s be asked alone",
    (text) => {
      expect(isBareText(` ${text}.\n`, text)).toBe(true);
    },
  );

  it.each(["unexpected EOF", "connection closed", "certificate has expired", "context canceled", "Unknown Error"])(
    "leaves %s to everybody",
    (text) => {
      expect(isBareText(text, text)).toBe(false);
    },
  );

  it("asks for nothing in front, nothing behind and no holes", () => {
    expect(isBareText("Error: Connection dropped", "Connection dropped")).toBe(false);
    expect(isBareText("Connection dropped by db", "Connection dropped")).toBe(false);
    expect(isBareText("code 7", "code {int}")).toBe(false);
  });
});
