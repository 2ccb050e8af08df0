import { describe, expect, it } from "vitest";
import { fileOf, linkTo, pathIn } from "./address.ts";

describe("addresses", () => {
  it.each([
    ["/", "index.html"],
    ["/zh/", "zh/index.html"],
    ["/graph", "graph.html"],
    ["/tcp/fin-inflight", "tcp/fin-inflight.html"],
    ["/zh/tcp/fin-inflight.md", "zh/tcp/fin-inflight.md"],
    ["/api/v1/entries", "api/v1/entries.json"],
    ["/api/v1/entries/tcp/fin-inflight", "api/v1/entries/tcp/fin-inflight.json"],
    ["/assets/style.css", "assets/style.css"],
  ])("writes %s as %s", (path, file) => {
    expect(fileOf(path)).toBe(file);
  });

  it.each([
    ["/", "/graph", "graph.html"],
    ["/graph", "/", "index.html"],
    ["/tcp/a", "/tcp/b", "b.html"],
    ["/tcp/a", "/grpc/b#wire", "../grpc/b.html#wire"],
    ["/tcp/a", "/zh/tcp/a", "../zh/tcp/a.html"],
    ["/zh/tcp/a", "/assets/style.css", "../../assets/style.css"],
    ["/zh/", "/", "../index.html"],
  ])("points from %s to %s in files by %s", (from, to, link) => {
    expect(linkTo("files", from, to)).toBe(link);
    expect(linkTo("served", from, to)).toBe(to);
  });

  it("puts every path below its language", () => {
    expect([pathIn("en", "/"), pathIn("zh", "/"), pathIn("zh", "/graph")]).toEqual(["/", "/zh/", "/zh/graph"]);
  });
});
