import { describe, expect, it } from "vitest";
import { webReach } from "./web-reach.ts";

describe("who reaches a server", () => {
  it.each(["127.0.0.1", "127.8.0.1", "::1", "localhost", "LOCALHOST"])("of this machine alone: %s", (host) => {
    expect(webReach(host, "Box", [], false)).toEqual({ isOpen: false, names: [], hasLive: true });
  });

  it.each(["0.0.0.0", "::", "192.168.0.7", "box.example", "127.0.0.1.example", "localhost.example"])(
    "of a network gets no live demo, unless somebody says so: %s",
    (host) => {
      expect(webReach(host, "Box", [], false)).toEqual({ isOpen: true, names: [host, "box"], hasLive: false });
      expect(webReach(host, "Box", [], true).hasLive).toBe(true);
    },
  );

  it("may be given names", () => {
    expect(webReach("127.0.0.1", "box", ["Errors.example"], false).names).toEqual(["errors.example"]);
    expect(webReach("0.0.0.0", "box", ["Errors.example"], false).names).toContain("errors.example");
  });
});
