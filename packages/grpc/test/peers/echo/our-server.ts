/**
 * Owns the stories that a client of other people lives through with our server: every kind of call once, and a load that
 * goes on while the server is replaced. The client is a program: `call TARGET` and `load TARGET CALLS` print facts.
 */
import { expect, it } from "vitest";
import { createServer, type Server } from "../../../src/server/index.ts";
import { factsOf } from "./peer-program.ts";
import { addEcho, echoPath, factsOfEcho } from "./echo-service.ts";

/** Call inside `describe`; `client` is the command line up to the verb. */
export function ourServerServes(client: () => readonly [program: string, ...args: string[]], okName: string): void {
  const run = (...args: readonly string[]): Promise<unknown> => {
    const [program, ...first] = client();
    return factsOf(program, ...first, ...args);
  };

  it("all four kinds, metadata, 1 MB, a status with details, a deadline, a cancellation", async () => {
    const server = addEcho(createServer());
    const { port } = await server.listen("127.0.0.1:0");
    try {
      expect(await run("call", `127.0.0.1:${port}`)).toEqual(factsOfEcho);
      // Its calls are all over, and so is the server.
      expect(await server.drain({ graceMs: 5_000 })).toMatchObject({ cut: 0 });
    } finally {
      await server.close();
    }
  });

  it("drains under its load: not one of 3,000 calls is lost", async () => {
    let calls = 0;
    let replaced: Promise<unknown> = Promise.resolve("never");
    const started: Server[] = [];
    const serve = (): Server => {
      const server = createServer().addMethod(echoPath("Unary"), "unary", async (message) => {
        if (++calls === 1_000) replaced = replace();
        await new Promise((resolve) => setTimeout(resolve, 2));
        return message;
      });
      started.push(server);
      return server;
    };
    const first = serve();
    const { port } = await first.listen("127.0.0.1:0");
    const replace = async (): Promise<unknown> => {
      const drained = first.drain({ graceMs: 10_000 });
      const successor = serve();
      // The port is free when the first one listens no more, a moment from now.
      while (
        await successor.listen(`127.0.0.1:${port}`).then(
          () => false,
          () => true,
        )
      ) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return drained;
    };
    try {
      expect(await run("load", `127.0.0.1:${port}`, "3000")).toEqual({ [okName]: 3_000 });
      expect(await replaced).toMatchObject({ cut: 0 });
      expect(calls).toBe(3_000);
    } finally {
      for (const server of started) await server.close();
    }
  });
}
