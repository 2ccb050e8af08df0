import { describe, expect, it } from "vitest";
import { Metadata } from "../rpc/metadata.ts";
import { StatusError } from "./status-error.ts";

describe("StatusError", () => {
  it("says code, reason and what happened", () => {
    const error = StatusError.of("CONNECTION_LOST", undefined, { evidence: [{ kind: "request-sent" }] });
    expect(String(error)).toBe(
      "StatusError: 14 UNAVAILABLE [CONNECTION_LOST] the connection was closed with the call in flight",
    );
    expect(error).toMatchObject({
      code: 14,
      codeName: "UNAVAILABLE",
      processed: "maybe",
      catalogId: "tcp/fin-inflight",
    });
    expect(error.report).toBeUndefined();
  });

  it("is what a handler throws", () => {
    const details = [{ typeUrl: "t", value: Uint8Array.of(1) }];
    const metadata = new Metadata({ a: "1" });
    const error = new StatusError("NOT_FOUND", "no order 7", { details, metadata });
    expect(error.message).toBe("5 NOT_FOUND [HANDLER_STATUS] no order 7");
    expect(error).toMatchObject({ code: 5, text: "no order 7", details, metadata });
    expect(new StatusError(5, "x").codeName).toBe("NOT_FOUND");
  });

  it("reads its metadata at once, so that the server has not to", () => {
    const metadata = new Metadata({ a: "1" });
    expect(new StatusError("ABORTED", "x", { metadata }).metadata).toBe(metadata);
    expect([...new StatusError("ABORTED", "x", { metadata: { a: "1" } }).metadata]).toEqual([...metadata]);
    expect([...new StatusError("ABORTED", "x", { metadata: new Map([["a", "1"]]) }).metadata]).toEqual([...metadata]);
    expect(() => new StatusError("ABORTED", "x", { metadata: { a: "b\r\nc: d" } })).toThrow(TypeError);
  });

  it("is never OK and never a number that gRPC does not know", () => {
    for (const code of ["OK", 0, 17, -1, 1.5, NaN, "not_found", "toString", undefined]) {
      expect(() => new StatusError(code as "OK", "x"), String(code)).toThrow(TypeError);
    }
  });

  it("takes what several attempts prove together from its maker", () => {
    const evidence = [{ kind: "never-sent" } as const];
    expect(new StatusError(14, "x", { evidence }).processed).toBe("no");
    expect(new StatusError(14, "x", { evidence, processed: "maybe" }).processed).toBe("maybe");
  });

  it("goes into a structured log", () => {
    const details = [{ typeUrl: "t", value: Uint8Array.of(1) }];
    const error = StatusError.of("CHANNEL_CLOSED", undefined, { details });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      message: "14 UNAVAILABLE [CHANNEL_CLOSED] the channel is closed",
      codeName: "UNAVAILABLE",
      processed: "maybe",
      details: [{ typeUrl: "t", value: "AQ==" }],
    });
  });

  it("leaves nothing out of the log but its name, the stack and the cause", () => {
    const error = new StatusError("ABORTED", "x", { cause: new Error("y") });
    const own = Object.keys(error).filter((key) => key !== "name");
    expect(Object.keys(error.toJSON())).toEqual(expect.arrayContaining(own));
  });
});

describe("StatusError.from", () => {
  const read = (thrown: unknown): string => StatusError.from(thrown).message;

  it("leaves its own kind alone and keeps the rest as cause", () => {
    const own = new StatusError("ABORTED", "x");
    const foreign = new Error("y");
    expect(StatusError.from(own)).toBe(own);
    expect(StatusError.from(foreign).cause).toBe(foreign);
    expect(StatusError.from(undefined)).toHaveProperty("cause", undefined);
  });

  it("reads abort and timeout errors by their names", () => {
    expect(read(new DOMException("stop", "AbortError"))).toBe("1 CANCELLED [CANCELLED_BY_CALLER] stop");
    expect(read(new DOMException("late", "TimeoutError"))).toBe("4 DEADLINE_EXCEEDED [DEADLINE_EXCEEDED] late");
  });

  it("reads the codes of grpc-js and Connect", () => {
    const grpcJs = Object.assign(new Error("14 UNAVAILABLE: Connection dropped"), {
      code: 14,
      details: "Connection dropped",
    });
    expect(read(grpcJs)).toBe("14 UNAVAILABLE [FOREIGN_ERROR] Connection dropped");
    const connect = Object.assign(new Error("[aborted] read ECONNRESET"), {
      name: "ConnectError",
      code: 10,
      rawMessage: "read ECONNRESET",
    });
    expect(read(connect)).toBe("10 ABORTED [FOREIGN_ERROR] read ECONNRESET");
  });

  it("does not take other numbers for gRPC's", () => {
    expect(read(new DOMException("in use", "InUseAttributeError"))).toContain("2 UNKNOWN");
    expect(read(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }))).toBe(
      "2 UNKNOWN [FOREIGN_ERROR] refused",
    );
    expect(read(Object.assign(new Error("x"), { code: 99, details: "y" }))).toBe("2 UNKNOWN [FOREIGN_ERROR] x");
    expect([read("text"), read(null), read({})]).toEqual([
      "2 UNKNOWN [FOREIGN_ERROR] text",
      "2 UNKNOWN [FOREIGN_ERROR] null",
      "2 UNKNOWN [FOREIGN_ERROR] an object was thrown that is not an Error",
    ]);
  });
});

it("refuses details that could not be sent", () => {
  const wrong = [{ typeUrl: "a" }] as never;
  expect(() => new StatusError("ABORTED", "x", { details: wrong })).toThrow(
    "details: expected { typeUrl: string, value: Uint8Array }",
  );
});
