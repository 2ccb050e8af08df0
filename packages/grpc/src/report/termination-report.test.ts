import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrameNote } from "../http2/flight-record.ts";
import { createTerminationReport, type ConnectionEnd, type GoawaySeen } from "./termination-report.ts";

const max = 2_147_483_647;

/** A client's connection that came up at 100 ms and ended by FIN after 3.2 s with two streams open, unless told otherwise. */
function endOf(facts: Partial<ConnectionEnd>): ConnectionEnd {
  const { readyAtMs, ...rest } = { readyAtMs: 100, ...facts };
  return {
    connectionId: 12,
    role: "client",
    peer: "10.0.3.4:443",
    startedAtMs: 0,
    endedAtMs: 3_300,
    socket: "fin",
    goaways: [],
    streamsOpen: 2,
    streamsEver: 21,
    frames: [],
    longestStallMs: 4,
    ...(readyAtMs === undefined ? {} : { readyAtMs }),
    ...rest,
  };
}

function neverReady(facts: Partial<ConnectionEnd>): ConnectionEnd {
  const { readyAtMs: _, ...end } = endOf({ streamsOpen: 0, ...facts });
  return end;
}

function goaway(atMs: number, lastStreamId: number, code = 0, debugData = ""): GoawaySeen {
  return { atMs, lastStreamId, code, debugData };
}

function note(atMs: number, direction: "in" | "out", type: string, value = 0, length = 0): FrameNote {
  return { atMs, direction, type, streamId: 1, length, flags: 0, value };
}

function told(end: ConnectionEnd): string {
  const { endedBy, summary } = createTerminationReport(end);
  return `[${endedBy}] ${summary}`;
}

describe("the summary of a connection that the peer ended in HTTP/2", () => {
  it("tells the GOAWAY and what came of it", () => {
    expect(
      told(endOf({ socket: "rst", endedAtMs: 31_300, goaways: [goaway(11_300, 41, 0, "max_age")] })),
    ).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR "max_age") last=41, then RST after 20.0 s; open 31.2 s, 2 streams open; likely a grace period of 20 s that is shorter than the calls"`,
    );
    expect(told(endOf({ streamsOpen: 0, goaways: [goaway(3_299, 41)] }))).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR) last=41, then FIN at once; open 3.2 s, no stream open"`,
    );
    expect(told(endOf({ goaways: [goaway(1_000, 0)] }))).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR) last=0, then FIN after 2.3 s; open 3.2 s, 2 streams open"`,
    );
  });

  it("tells both phases of a graceful leaving as one", () => {
    const goaways = [goaway(1_000, max, 0, "max_age"), goaway(1_010, 41, 0, "max_age")];
    expect(
      told(endOf({ goaways, streamsOpen: 0, socket: "closed-by-us", localReason: "closed" })),
    ).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR "max_age") last=max, last=41, then closed by us after 2.3 s; open 3.2 s, no stream open"`,
    );
    expect(told(endOf({ goaways: [goaway(1_000, max), goaway(2_000, 41, 2, "panic")] }))).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR) last=max, GOAWAY(INTERNAL_ERROR "panic") last=41, then FIN after 1.3 s; open 3.2 s, 2 streams open"`,
    );
  });

  it("says what is proven about our PINGs", () => {
    expect(told(endOf({ goaways: [goaway(3_299, 41, 11, "too_many_pings")] }))).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(ENHANCE_YOUR_CALM "too_many_pings") last=41, then FIN at once; open 3.2 s, 2 streams open; our PINGs came more often than the peer allows"`,
    );
  });

  it("is not turned into ours by what the socket or a timer did later", () => {
    expect(
      told(
        endOf({ goaways: [goaway(1_000, 41)], localReason: "ping-timeout", socket: "closed-by-us", endedAtMs: 21_000 }),
      ),
    ).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR) last=41, then no answer to our PING after 20.0 s; open 20.9 s, 2 streams open; possibly a host that vanished, or a hop that drops packets in silence"`,
    );
  });

  it("suspects a guard against rapid reset when we had cancelled much", () => {
    const frames = Array.from({ length: 40 }, (_, i) => note(3_000 + i, "out", "RST_STREAM", 8));
    expect(told(endOf({ frames, goaways: [goaway(3_290, 99, 2)] }))).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(INTERNAL_ERROR) last=99, then FIN at once; open 3.2 s, 2 streams open; likely a guard against rapid reset"`,
    );
  });
});

describe("the summary of a connection that ended without a word", () => {
  it("tells how the socket ended", () => {
    expect(told(endOf({}))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN without a GOAWAY; open 3.2 s, 2 streams open"`,
    );
    expect(told(endOf({ socket: "rst", streamsOpen: 1 }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: RST without a GOAWAY; open 3.2 s, 1 stream open"`,
    );
    const socketError = { kind: "ETIMEDOUT", message: "read ETIMEDOUT" };
    expect(told(endOf({ socket: "timeout", socketError }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: a timeout of the network (read ETIMEDOUT); open 3.2 s, 2 streams open; possibly a host that vanished, or a hop that drops packets in silence"`,
    );
    expect(
      told(endOf({ socket: "error", socketError: { kind: "EPIPE", message: "write EPIPE" } })),
    ).toMatchInlineSnapshot(`"[transport] conn 12 to 10.0.3.4:443: write EPIPE; open 3.2 s, 2 streams open"`);
    expect(told(endOf({ role: "server", peer: "10.0.9.9:52114", socket: "rst" }))).toMatchInlineSnapshot(
      `"[transport] conn 12 from 10.0.9.9:52114: RST without a GOAWAY; open 3.2 s, 2 streams open"`,
    );
  });

  it("suspects somebody's idle timer after a silence of that length", () => {
    const frames = [note(5_000, "in", "HEADERS")];
    expect(told(endOf({ frames, streamsOpen: 0, endedAtMs: 5_000 + 60_400 }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN without a GOAWAY; open 65.3 s, no stream open; likely a hop with an idle timer of 60 s"`,
    );
    expect(told(endOf({ frames, streamsOpen: 0, socket: "rst", endedAtMs: 5_000 + 352_000 }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: RST without a GOAWAY; open 357 s, no stream open; likely a hop with an idle timer of 350 s"`,
    );
    expect(told(endOf({ frames, streamsOpen: 0, endedAtMs: 5_000 + 3_600_100 }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN without a GOAWAY; open 3605 s, no stream open; likely a hop with an idle timer of 3600 s"`,
    );
    expect(told(endOf({ frames, streamsOpen: 0, endedAtMs: 5_000 + 75_000 }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN without a GOAWAY; open 79.9 s, no stream open"`,
    );
  });

  it("suspects a forgotten connection when the first request after a silence ended it", () => {
    const frames = [note(5_000, "in", "DATA"), note(905_000, "out", "HEADERS"), note(905_000, "out", "DATA")];
    expect(told(endOf({ frames, socket: "rst", streamsOpen: 1, endedAtMs: 905_040 }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: RST without a GOAWAY; open 905 s, 1 stream open; likely a hop that had forgotten the idle connection"`,
    );
  });

  it("suspects a grace period that is shorter than the calls", () => {
    expect(told(endOf({ goaways: [goaway(1_000, 41)], endedAtMs: 31_050 }))).toMatchInlineSnapshot(
      `"[peer-http2] conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR) last=41, then FIN after 30.1 s; open 30.9 s, 2 streams open; likely a grace period of 30 s that is shorter than the calls"`,
    );
  });

  it("suspects a proxy when streams were refused without a GOAWAY", () => {
    const frames = [note(3_000, "in", "RST_STREAM", 7)];
    expect(told(endOf({ frames }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN without a GOAWAY; open 3.2 s, 2 streams open; possibly a proxy that says REFUSED_STREAM after it had forwarded the request"`,
    );
  });
});

describe("the summary of a connection that never came up", () => {
  it("tells what was met instead of a peer", () => {
    const refused = { kind: "ECONNREFUSED", message: "connect ECONNREFUSED 10.0.3.4:443" };
    expect(told(neverReady({ socket: "connect-failed", socketError: refused }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: no connection, connect ECONNREFUSED 10.0.3.4:443; never ready"`,
    );
    expect(told(neverReady({}))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN before any SETTINGS; never ready; possibly a listener that expects TLS or another protocol, or a balancer without a healthy target"`,
    );
    expect(told(neverReady({ socket: "rst" }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: RST before any SETTINGS; never ready; possibly a listener that expects TLS or another protocol, or a balancer without a healthy target"`,
    );
    const given = { socket: "closed-by-us", endedAtMs: 20_000 } as const;
    expect(told(neverReady({ ...given, localReason: "connect-timeout" }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: no connection within 20.0 s, given up; never ready"`,
    );
    expect(told(neverReady({ ...given, localReason: "settings-timeout" }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: accepted, but no SETTINGS within 20.0 s, given up; never ready"`,
    );
  });

  it("recognises a peer of another protocol", () => {
    const violation = {
      scope: "connection",
      by: "peer",
      code: 1,
      rule: "rfc9113-3.4",
      detail: "the peer speaks HTTP/1.1, expected HTTP/2",
    } as const;
    const end = neverReady({ socket: "closed-by-us", localReason: "wrong-protocol", violation, endedAtMs: 20 });
    expect(told(end)).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: not HTTP/2: the peer speaks HTTP/1.1, expected HTTP/2; never ready"`,
    );
    const frames = [note(10, "in", "0x50", 0, 0x485454)];
    expect(told(neverReady({ frames }))).toMatchInlineSnapshot(
      `"[transport] conn 12 to 10.0.3.4:443: FIN before any SETTINGS; never ready; likely a peer that speaks HTTP/1.1"`,
    );
  });
});

describe("the summary of a connection that we ended", () => {
  it("tells why", () => {
    const ours = { socket: "closed-by-us", streamsOpen: 0 } as const;
    expect(told(endOf({ ...ours, localReason: "closed" }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: closed by us; open 3.2 s, no stream open"`,
    );
    const goawaySent = { code: 0, lastStreamId: 41, debugData: "drain" };
    expect(told(endOf({ ...ours, role: "server", localReason: "drained", goawaySent }))).toMatchInlineSnapshot(
      `"[local] conn 12 from 10.0.3.4:443: drained by us, GOAWAY(NO_ERROR "drain") last=41; open 3.2 s, no stream open"`,
    );
    expect(
      told(endOf({ ...ours, role: "server", localReason: "drain-cut", streamsOpen: 3, goawaySent })),
    ).toMatchInlineSnapshot(
      `"[local] conn 12 from 10.0.3.4:443: cut by us at the end of the drain, GOAWAY(NO_ERROR "drain") last=41; open 3.2 s, 3 streams open"`,
    );
    const violation = {
      scope: "connection",
      by: "peer",
      code: 1,
      rule: "rfc9113-6.7",
      detail: "PING on stream 3",
    } as const;
    expect(told(endOf({ ...ours, localReason: "violation", violation }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: closed by us: PROTOCOL_ERROR by peer (rfc9113-6.7): PING on stream 3; open 3.2 s, no stream open"`,
    );
  });

  it("owns up to our own event loop", () => {
    const lost = {
      socket: "closed-by-us",
      localReason: "ping-timeout",
      lastReceivedAtMs: 1_300,
      endedAtMs: 21_300,
    } as const;
    expect(told(endOf(lost))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: no answer to our PING, nothing heard for 20.0 s, given up; open 21.2 s, 2 streams open; possibly a host that vanished, or a hop that drops packets in silence"`,
    );
    expect(told(endOf({ ...lost, longestStallMs: 640 }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: no answer to our PING, nothing heard for 20.0 s, given up; open 21.2 s, 2 streams open; our event loop was blocked for 640 ms; possibly our own process"`,
    );
    expect(told(endOf({ ...lost, longestStallMs: 6_400 }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: no answer to our PING, nothing heard for 20.0 s, given up; open 21.2 s, 2 streams open; our event loop was blocked for 6.4 s; likely our own process"`,
    );
    expect(told(endOf({ ...lost, localReason: "no-progress" }))).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: the peer takes no more of our bytes, nothing heard for 20.0 s, given up; open 21.2 s, 2 streams open; possibly a host that vanished, or a hop that drops packets in silence"`,
    );
  });

  it("stays ours when the peer's GOAWAY only answered ours", () => {
    const goawaySent = { code: 0, lastStreamId: 0, debugData: "" };
    const frames = [note(3_000, "out", "GOAWAY"), note(3_010, "in", "GOAWAY")];
    const end = endOf({
      goaways: [goaway(3_010, 41)],
      goawaySent,
      frames,
      socket: "closed-by-us",
      localReason: "closed",
    });
    expect(told(end)).toMatchInlineSnapshot(
      `"[local] conn 12 to 10.0.3.4:443: closed by us; open 3.2 s, 2 streams open"`,
    );
  });
});

describe("a termination report", () => {
  it("has a line to show for whatever came together", () => {
    const ms = fc.nat({ max: 4_000_000 });
    const aNote = fc.record({
      atMs: ms,
      direction: fc.constantFrom("in", "out"),
      type: fc.constantFrom("HEADERS", "RST_STREAM", "GOAWAY", "PING"),
      streamId: fc.nat(),
      length: fc.nat(),
      flags: fc.nat({ max: 255 }),
      value: fc.nat({ max: 20 }),
    });
    const anEnd = fc.record(
      {
        role: fc.constantFrom("client", "server"),
        readyAtMs: ms,
        endedAtMs: ms,
        lastReceivedAtMs: ms,
        socket: fc.constantFrom("fin", "rst", "timeout", "error", "closed-by-us", "connect-failed"),
        localReason: fc.constantFrom(
          "closed",
          "drained",
          "drain-cut",
          "violation",
          "connect-timeout",
          "settings-timeout",
        ),
        goaways: fc.array(
          fc.record({
            code: fc.nat({ max: 20 }),
            lastStreamId: fc.nat(),
            debugData: fc.string({ unit: "binary", maxLength: 500 }),
            atMs: ms,
          }),
          { maxLength: 3 },
        ),
        streamsOpen: fc.nat({ max: 3 }),
        frames: fc.array(aNote, { maxLength: 8 }),
        longestStallMs: ms,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anEnd, (facts) => {
        const { summary, endedBy } = createTerminationReport(endOf(facts as Partial<ConnectionEnd>));
        expect(summary).toMatch(/^conn 12 (to|from) 10\.0\.3\.4:443: \S[^\n]*$/);
        expect(summary).not.toMatch(/undefined|NaN|Infinity/);
        expect(summary.length).toBeLessThan(700);
        if (facts.goaways === undefined || facts.goaways.length === 0) expect(endedBy).not.toBe("peer-http2");
      }),
    );
  });

  it("does not hand on what a peer wrote to trick a terminal", () => {
    const report = createTerminationReport(
      endOf({ goaways: [goaway(3_299, 41, 2, "x\n\u001b[31mconn 13: all is well")] }),
    );
    expect(report.goaways[0]?.debugData).toBe("x\\n\\u{1b}[31mconn 13: all is well");
    expect(report.summary).toContain('"x\\n\\u{1b}[31mconn 13: all is well"');
  });

  it("is plain data and holds every suspect with its reason", () => {
    const report = createTerminationReport(
      endOf({ frames: [note(3_000, "in", "RST_STREAM", 7)], socket: "timeout", longestStallMs: 200 }),
    );
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.suspects.map(({ what, because, certainty }) => `${certainty}: ${what}, because ${because}`))
      .toMatchInlineSnapshot(`
      [
        "possible: a proxy that says REFUSED_STREAM after it had forwarded the request, because streams were refused without a GOAWAY, as HAProxy does when its own connection to the server dies",
        "possible: a host that vanished, or a hop that drops packets in silence, because nothing came back, not even a refusal",
      ]
    `);
  });
});
