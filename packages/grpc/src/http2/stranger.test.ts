import { expect, it } from "vitest";
import { fromLatin1 } from "./bytes.ts";
import { strangerInWords } from "./stranger.ts";

it.each([
  ["HTTP/1.1 400 Bad Request", "the peer speaks HTTP/1.1, expected HTTP/2"],
  ["GET / HTTP/1.1", "the peer sent an HTTP/1.1 request, expected HTTP/2"],
  ["\x16\x03\x01\x02\x00", "the peer speaks TLS on a plain-text connection"],
  ["\x15\x03\x03\x00\x02", "the peer speaks TLS on a plain-text connection"],
  ["SSH-2.0-OpenSSH", "the peer speaks SSH, expected HTTP/2"],
  ["-ERR unknown command", "the peer speaks Redis, expected HTTP/2"],
  ["\x00\x00\x00\x04\x00\x00\x00\x00\x00", undefined],
  ["", undefined],
])("%j is guessed as %s", (text, guess) => {
  expect(strangerInWords(fromLatin1(text), 0)).toBe(guess);
});
