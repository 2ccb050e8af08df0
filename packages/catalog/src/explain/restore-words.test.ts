import { describe, expect, it } from "vitest";
import type { SignatureTable } from "../match/signature-table.ts";
import { placed } from "../read/placed-text.ts";
import { mayBeRestored, restoreWords } from "./restore-words.ts";

const signature = {
  entry: 0,
  implementation: "any",
  code: null,
  rank: 1,
  whole: false,
  context: "none",
  role: "failure",
} as const;
const table: SignatureTable = {
  entries: [],
  questions: [],
  signatures: [
    { ...signature, text: "Connection dropped" },
    { ...signature, text: "Received RST_STREAM with code {int} (Call ended without gRPC status)" },
    { ...signature, text: "reset by {INTERNAL_ERROR|NO_ERROR} of peer" },
  ],
};

describe("restoreWords", () => {
  it.each([
    ["14 unavailable: connection dropped", "14 UNAVAILABLE: Connection dropped"],
    ["14 UNAVAILABLE:CONNECTION   DROPPED", "14 UNAVAILABLE: Connection dropped"],
    ["14 UNAVAILABLE: Connection\n> dropped", "14 UNAVAILABLE: Connection dropped"],
    [
      "RPC ERROR: CODE = UNAVAILABLE DESC = CONNECTION DROPPED",
      "rpc error: code = Unavailable desc = Connection dropped",
    ],
    ["[UNAVAILABLE] connection dropped", "[unavailable] Connection dropped"],
    ["unavailable: connection dropped", "UNAVAILABLE: Connection dropped"],
    [
      "received rst\\_stream with code 0 (call ended without grpc status)",
      "Received RST_STREAM with code 0 (Call ended without gRPC status)",
    ],
  ])("writes %j as its program does", (text, restored) => {
    expect(restoreWords(placed(text), table).text).toBe(restored);
  });

  it.each([
    "14 UNAVAILABLE: Connection dropped",
    "reconnection droppedness",
    "an internal error of mine",
    "unavailable: the room is booked",
    "deadline exceeded: please merge",
  ])("leaves %j", (text) => {
    expect(restoreWords(placed(text), table).text).toBe(text);
  });

  it("is only tried where something is of gRPC", () => {
    expect(mayBeRestored("14 Un-avail")).toBe(false);
    expect(mayBeRestored("DEADLINE EXCEEDED")).toBe(true);
  });
});
