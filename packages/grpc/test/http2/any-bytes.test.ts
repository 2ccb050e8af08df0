/**
 * Whatever arrives, in whatever pieces: `receive` does not throw, does not loop, holds little, and means the same however
 * the bytes were cut. A breach ends in data and a GOAWAY, never in an exception.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clientPreface,
  continuation,
  data,
  frame,
  goaway,
  headers,
  literals,
  maxUint31,
  octets,
  ping,
  pingAck,
  priority,
  rstStream,
  settings,
  settingsAck,
  u32,
  windowUpdate,
} from "./frames.ts";
import { request, response, ScriptedPeer } from "./scripted-peer.ts";

type Role = "client" | "server";

/** An engine that has been greeted and has two streams open, and whose application answers and reads. */
function busy(role: Role): ScriptedPeer {
  const peer = ScriptedPeer.ready(role, { streamWindowBytes: 65_535, connectionWindowBytes: 65_535 });
  const { connection, recorder } = peer;
  if (role === "client") {
    peer.open(request, true);
    connection.sendData(peer.open(), new Uint8Array(100_000), false);
  } else {
    peer.send(headers(1, request, { endStream: true }), headers(3, request));
    recorder.inside = (event, stream) => {
      if (event !== "onHeaders" || stream === undefined || stream.headSent || stream.head !== undefined) return;
      connection.sendHeaders(stream, response, false);
      connection.sendData(stream, new Uint8Array(30_000), stream.id % 4 === 1);
    };
  }
  peer.sent();
  peer.heard();
  return peer;
}

/** What was heard, with the pieces of bodies joined: cuts may show in nothing else. */
function meaning(lines: readonly string[]): string[] {
  const out: string[] = [];
  const bodies = new Map<string, number>();
  for (const line of lines) {
    const [, id, bytes, end] = /^(\d+) data (\d+)( END)?$/.exec(line) ?? [];
    if (id === undefined) {
      out.push(line);
      continue;
    }
    bodies.set(id, (bodies.get(id) ?? 0) + Number(bytes));
    if (end !== undefined) out.push(`${id} END`);
  }
  return [...out, ...[...bodies].map(([id, bytes]) => `${id} body of ${bytes}`)];
}

const streamId = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: maxUint31 }) },
);
const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const code = fc.oneof(fc.integer({ min: 0, max: 14 }), fc.nat(maxUint31));
const increment = fc.oneof(fc.integer({ min: 0, max: 70_000 }), fc.constantFrom(maxUint31, 0, 1));
const padding = fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined });

const list = fc.oneof(
  fc.constantFrom(request, response, [":status", "103"], ["grpc-status", "0"], [], ["UPPER", "x"]),
  fc.constantFrom([...response, "content-length", "5"], [...request, "content-length", "0"]),
);

const dataFrame = fc.record({ id: streamId, body: bytes(300), endStream: fc.boolean(), padding });
const headersFrame = fc.record({ id: streamId, list, endStream: fc.boolean(), endHeaders: fc.boolean(), padding });

/** Frames that are well-formed by themselves; their order and their streams are not. */
const anyFrame: fc.Arbitrary<Uint8Array> = fc.oneof(
  dataFrame.map(({ id, body, endStream, padding: pad }) =>
    data(id, body, { endStream, ...(pad === undefined ? {} : { padding: pad }) }),
  ),
  headersFrame.map(({ id, list: fields, endStream, endHeaders, padding: pad }) =>
    headers(id, fields, { endStream, endHeaders, ...(pad === undefined ? {} : { padding: pad }) }),
  ),
  fc.tuple(streamId, list, fc.boolean()).map(([id, fields, end]) => continuation(id, literals(fields), end)),
  fc.tuple(streamId, list, fc.nat(60), fc.boolean()).map(([id, fields, cut, endStream]) => {
    const block = literals(fields);
    const first = headers(id, block.subarray(0, cut), { endHeaders: false, endStream });
    return octets(first, continuation(id, block.subarray(cut), true));
  }),
  fc.tuple(streamId, bytes(40)).map(([id, block]) => headers(id, block)),
  fc.tuple(streamId, code).map(([id, error]) => rstStream(id, error)),
  fc.tuple(streamId, increment).map(([id, by]) => windowUpdate(id, by)),
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.oneof(fc.nat(70_000), fc.nat(0xffffffff))), { maxLength: 3 })
    .map((pairs) => settings(...pairs)),
  fc.constantFrom(settingsAck(), ping(), pingAck(octets("HOLD", u32(1)))),
  fc.tuple(streamId, code, fc.string({ maxLength: 10 })).map(([id, error, text]) => goaway(id, error, text)),
  streamId.map((id) => priority(id)),
);

/** Frames of which nothing need be true. */
const wildFrame = fc
  .record({ type: fc.integer({ min: 0, max: 12 }), flags: fc.nat(255), streamId, payload: bytes(60) })
  .map((fields) => frame(fields));

function holdsItsPromises(role: Role, parts: readonly Uint8Array[]): void {
  const whole = busy(role);
  whole.send(octets(...parts));
  expect(whole.take().length).toBeLessThan(400_000);
  // Nothing is written after the last GOAWAY, and a condemned connection has no streams.
  if (whole.recorder.failure !== undefined) expect(whole.connection.openStreams).toBe(0);
  whole.connection.end(0);
  for (const { stream, closed } of whole.recorder.logs) {
    if (stream !== undefined) expect(closed).not.toBe(undefined);
  }
}

describe.each(["client", "server"] as const)("a %s takes", (role) => {
  it("random octets", () => {
    fc.assert(
      fc.property(bytes(2_000), (noise) => {
        const fresh = new ScriptedPeer(role);
        fresh.send(noise);
        const greeted = new ScriptedPeer(role);
        greeted.send(...(role === "server" ? [clientPreface] : []), settings(), noise);
        holdsItsPromises(role, [noise]);
      }),
      { numRuns: 200 },
    );
  });

  it("frames in any order on any stream", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: anyFrame }, { weight: 1, arbitrary: wildFrame })),
        (frames) => holdsItsPromises(role, frames),
      ),
      { numRuns: 500 },
    );
  });

  it("a sound conversation with octets changed", () => {
    const sound =
      role === "client"
        ? octets(
            headers(1, response),
            data(1, "hello", { padding: 3 }),
            headers(1, ["grpc-status", "0"], { endStream: true }),
            windowUpdate(0, 70_000),
            settings([0x4, 10]),
            headers(3, response, { endStream: true }),
            goaway(3),
          )
        : octets(
            headers(5, literals(request).subarray(0, 9), { endHeaders: false }),
            continuation(5, literals(request).subarray(9), true),
            data(5, "hello", { padding: 3 }),
            windowUpdate(1, 5),
            data(5, "", { endStream: true }),
            ping(),
            rstStream(5, 8),
            headers(7, request, { endStream: true }),
          );
    const change = fc.record({ at: fc.nat(sound.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const mutated = sound.slice();
        for (const { at, to } of changes) mutated[at] = to;
        holdsItsPromises(role, [mutated]);
      }),
      { numRuns: 500 },
    );
  });

  it("any of these in any pieces, to the same effect", () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 12 }), pieces, (frames, cuts) => {
        const input = octets(...frames);
        const whole = busy(role);
        whole.send(input);
        const cut = busy(role);
        for (let at = 0, i = 0; at < input.length; i++) {
          const end = at + (cuts[i % cuts.length] ?? 1);
          // Lent bytes, and a Buffer, whose `slice` copies nothing: what is looked at later must have been copied.
          const piece = Buffer.from(input.slice(at, end));
          cut.send(piece);
          piece.fill(0xee);
          at = end;
        }
        expect(meaning(cut.heard())).toEqual(meaning(whole.heard()));
        expect(cut.sent()).toEqual(whole.sent());
      }),
      { numRuns: 500 },
    );
  });
});
