import { describe, expect, it } from "vitest";
import type { ScoreOptions } from "./options.ts";
import { parseOptions } from "./options.ts";

function ids(...args: string[]): { rows: string; tls: string; churns: string; clients: string } {
  const options = parseOptions(args) as ScoreOptions;
  expect(options.kind).toBe("score");
  return {
    rows: options.rows.map(({ id }) => id).join(""),
    tls: options.tlsRows.map(({ id }) => id).join(""),
    churns: options.churns.map(({ style, load }) => `${style.id}/${load.id}`).join(" "),
    clients: options.clients.map(({ id }) => id).join(" "),
  };
}

describe("parseOptions", () => {
  it("means everything by nothing", () => {
    const all = ids();
    expect(all.rows).toBe("ACDEFGHIJKLMNOPRSTUWXY");
    expect(all.tls).toBe("AEFHUXY");
    expect(all.churns.split(" ").length).toBe(18);
    expect(all.clients).toBe(
      "holdfast holdfast+policy grpc-js grpc-js+policy nice-grpc connect-node undici grpcio grpcio+policy",
    );
  });

  it("narrows", () => {
    expect(ids("--rows", "E,U", "--clients", "grpc-js, undici")).toEqual({
      rows: "EU",
      tls: "EU",
      churns: "",
      clients: "grpc-js undici",
    });
    expect(ids("--rows", "E/tls,K")).toMatchObject({ rows: "K", tls: "E", churns: "" });
    expect(ids("--rows", "single/2MB,rst")).toMatchObject({
      rows: "",
      churns: "single/2MB rst/10KB rst/300KB rst/2MB",
    });
    expect(ids("--only", "M2")).toMatchObject({ rows: "", tls: "" });
    expect(ids("--only", "M1")).toMatchObject({ churns: "" });
    expect(ids("--tls")).toMatchObject({ rows: "", tls: "AEFHUXY", churns: "" });
    expect(ids("--no-tls")).toMatchObject({ tls: "" });
  });

  it("tells the file only for the whole", () => {
    expect(parseOptions(["--write"])).toMatchObject({ writeTo: "docs/score.md" });
    expect(parseOptions([])).not.toHaveProperty("writeTo");
  });

  const mistakes: readonly (readonly [args: string[], text: string])[] = [
    [["--rows", "E,Q"], 'there is no row "Q"'],
    [["--rows", "K/tls"], 'there is no row "K/tls"'],
    [["--rows", ""], 'there is no row ""'],
    [["--clients", "curl"], 'there is no client "curl"'],
    [["--only", "M3"], "expected M1 or M2"],
    [["--tls", "--no-tls"], "exclude each other"],
    [["--tls", "--only", "M2"], "leave nothing"],
    [["--write", "--only", "M1"], "--write"],
    [["--fast"], "--fast"],
    [["E"], "'E'"],
  ];
  for (const [args, text] of mistakes) {
    it(`refuses ${args.join(" ")}`, () => {
      const result = parseOptions(args);
      expect(result.kind).toBe("mistake");
      expect((result as { text: string }).text).toContain(text);
      expect((result as { text: string }).text).toContain("usage: score");
    });
  }
});
