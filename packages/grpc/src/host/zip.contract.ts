/** Stories of packing and unpacking, for every host. */

import { describe, expect, it } from "vitest";
import { textBytes, type Harness } from "./harness.contract.ts";

export function describeZip(given: () => Harness): void {
  describe.each(["gzip", "deflate"] as const)("%s", (coding) => {
    it("comes out as it went in, up to the limit and no further", () => {
      const { client, server } = given();
      const message = textBytes("to be held fast, ".repeat(100));
      const packed = client.compress(coding, message);
      expect(packed.length).toBeLessThan(message.length / 10);
      expect(server.decompress(coding, packed, message.length)).toEqual(Buffer.from(message));
      expect(server.decompress(coding, packed, message.length - 1)).toBe("too-large");
    });

    it("says of other octets that they are broken", () => {
      const { client } = given();
      expect(client.decompress(coding, textBytes("not packed"), 100)).toBe("broken");
      expect(client.decompress(coding, new Uint8Array(0), 100)).toBe("broken");
    });
  });
}
