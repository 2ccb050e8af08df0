/**
 * Servers say what killed a connection, too: who runs one should not have to ask its clients. A report that is told for a
 * connection that lives, twice, or not at all, sends its reader the wrong way.
 */
import { expect, it } from "vitest";
import type { TerminationReport } from "../../src/report/termination-report.ts";
import { bytes, serverWorld } from "./server-world.ts";

it("tells of each connection that ended, once, and by whom", async () => {
  const reports: TerminationReport[] = [];
  const { world, server, client, connect, until, settled } = await serverWorld(
    (made) => made.addMethod("/p.S/Hold", "unary", () => new Promise<never>(() => undefined)),
    { onReport: (report) => reports.push(report) },
  );
  const doomed = connect("doomed");
  await until(() => doomed.ready && client.ready);
  doomed.call("/p.S/Hold", [bytes("x")]);
  await world.run(world.nowMs + 100);
  expect(reports).toEqual([]);
  world.host("doomed").kill();
  await until(() => reports.length === 1);
  expect(reports[0]).toMatchObject({ role: "server", endedBy: "transport", streamsOpen: 1, streamsEver: 1 });
  await settled(server.close());
  expect(reports).toHaveLength(2);
  expect(reports[1]).toMatchObject({ role: "server", endedBy: "local", localReason: "closed" });
});

it("logs what the listener of reports throws, and serves on", async () => {
  const { world, serverHost, client, connect, until } = await serverWorld(
    (server) => server.addMethod("/p.S/Echo", "unary", (request) => request),
    {
      onReport: () => {
        throw new Error("no more room");
      },
    },
  );
  const other = connect("other");
  await until(() => other.ready);
  world.host("other").kill();
  await until(() => world.log.some((line) => line.includes("onReport failed: Error: no more room")));
  expect(serverHost.address).toBeDefined();
  const call = client.call("/p.S/Echo", [bytes("still here")]);
  await until(() => call.status === 0);
});
