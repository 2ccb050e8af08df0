/** The examples of RFC 7541, appendix C: blocks and the lists they stand for, one decoder for each series. */
import { describe, expect, it } from "vitest";
import { HpackDecoder } from "../../src/http2/hpack/decoder.ts";

interface Series {
  readonly section: string;
  readonly blocks: readonly (readonly [wire: string, ...list: string[]])[];
}

const request1 = [":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com"];
const request2 = [...request1, "cache-control", "no-cache"];
const request3 = [
  ...[":method", "GET", ":scheme", "https", ":path", "/index.html", ":authority", "www.example.com"],
  ...["custom-key", "custom-value"],
];

function response(status: string, second: number, ...more: string[]): string[] {
  const date = `Mon, 21 Oct 2013 20:13:${second} GMT`;
  const fields = [":status", status, "cache-control", "private", "date", date, "location", "https://www.example.com"];
  return [...fields, ...more];
}
const cookie = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";
const response1 = response("302", 21);
const response2 = response("307", 21);
const response3 = response("200", 22, "content-encoding", "gzip", "set-cookie", cookie);

// C.5 and C.6 take a table of 256 octets for granted; a size update at the front of the first block says it.
const sizeUpdate256 = "3fe101";

const allSeries: readonly Series[] = [
  {
    section: "C.2.1",
    blocks: [["400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key", "custom-header"]],
  },
  { section: "C.2.2", blocks: [["040c2f73616d706c652f70617468", ":path", "/sample/path"]] },
  { section: "C.2.3", blocks: [["100870617373776f726406736563726574", "password", "secret"]] },
  { section: "C.2.4", blocks: [["82", ":method", "GET"]] },
  {
    section: "C.3",
    blocks: [
      ["828684410f7777772e6578616d706c652e636f6d", ...request1],
      ["828684be58086e6f2d6361636865", ...request2],
      ["828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565", ...request3],
    ],
  },
  {
    section: "C.4",
    blocks: [
      ["828684418cf1e3c2e5f23a6ba0ab90f4ff", ...request1],
      ["828684be5886a8eb10649cbf", ...request2],
      ["828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf", ...request3],
    ],
  },
  {
    section: "C.5",
    blocks: [
      [
        `${sizeUpdate256}4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54` +
          "6e1768747470733a2f2f7777772e6578616d706c652e636f6d",
        ...response1,
      ],
      ["4803333037c1c0bf", ...response2],
      [
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b" +
          "425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31",
        ...response3,
      ],
    ],
  },
  {
    section: "C.6",
    blocks: [
      [
        `${sizeUpdate256}488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff` +
          "6e919d29ad171863c78f0b97c8e9ae82ae43d3",
        ...response1,
      ],
      ["4883640effc1c0bf", ...response2],
      [
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af2708" +
          "7f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
        ...response3,
      ],
    ],
  },
];

describe.each(allSeries)("RFC 7541 $section", ({ blocks }) => {
  it.each([true, false])("decodes, memory %s", (memory) => {
    const decoder = new HpackDecoder({ maxTableSize: 4_096, maxHeaderListBytes: 65_536, memory }); // defaults of HTTP/2 and ours
    for (const [wire, ...list] of blocks) expect(decoder.decode(Buffer.from(wire, "hex"))).toEqual(list);
  });
});
