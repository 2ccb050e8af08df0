/** Every written client calls every written server, with the settings of that path; every server leaves when it is told to. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPeer } from "../../../grpc/test/peers/echo/peer-program.ts";
import { buildLimitMs, type ProgramKind, programKinds } from "./program-kinds.ts";
import { startServer, type WrittenServer } from "./written-program.ts";
import { variedFacts, writtenFolder } from "./written.ts";

const written = writtenFolder();
afterAll(() => written.remove());

const present = programKinds.filter(({ isHere }) => isHere);
for (const { kind, isHere } of programKinds) if (!isHere) console.log(`skipped: ${kind} is not here`);

/** One server: nobody's health is watched, so it leaves as soon as its last call ended. */
const facts = { idle: "60s", repeatable: "yes", replicas: "1" } as const;
/** What an ended JVM says of SIGTERM. */
const endedBySignal = 143;

const commands = new Map<string, readonly [string, ...string[]]>();
const built = async (
  { kind, command }: ProgramKind,
  role: "client" | "server",
): Promise<readonly [string, ...string[]]> => {
  const known = commands.get(kind + role);
  if (known !== undefined) return known;
  const hops =
    role === "client"
      ? `${kind},${kind === "holdfast" ? "grpc-js" : "holdfast"}`
      : `${kind === "holdfast" ? "grpc-js" : "holdfast"},${kind}`;
  const made = await command(written.file(kind, { ...facts, hops }));
  commands.set(kind + role, made);
  return made;
};

describe.each(present)("a written server of $kind", (kind) => {
  let server: WrittenServer;
  beforeAll(async () => {
    server = await startServer(await built(kind, "server"));
  }, buildLimitMs);

  it.each(present)(
    "is called by a written client of $kind",
    async (client) => {
      const [program, ...args] = await built(client, "client");
      const { status, out } = await runPeer({}, program, ...args, server.address);
      expect([status, out.trim()]).toEqual([0, "SERVING"]);
    },
    buildLimitMs,
  );

  it("leaves when it is told to", async () => {
    expect([0, endedBySignal]).toContain(await server.stop());
  }, 40_000);
});

/** Compiled, not run: what has no names yet is looked at by the compiler of its language. */
describe.each(present.filter(({ kind }) => kind === "grpc-go" || kind === "grpc-java"))("written $kind", (kind) => {
  it.each(variedFacts.map((each, index) => [index, each] as const))(
    "compiles, facts %i",
    async (_, each) => {
      await kind.command(written.file(kind.kind, { ...each, hops: `${kind.kind},nginx,holdfast` }));
      await kind.command(written.file(kind.kind, { ...each, hops: `holdfast,${kind.kind}` }));
    },
    buildLimitMs,
  );
});
