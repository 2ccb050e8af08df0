/** The list itself: every case is whole, nameable, and able to fail. */
import net from "node:net";
import { describe, expect, it } from "vitest";
import { clientSections } from "./client/sections.mjs";
import { runClientCase } from "./run-client-case.mjs";
import { caseId, lists } from "./run-list.mjs";
import { runServerCase } from "./run-server-case.mjs";
import { serverSections } from "./server/sections.mjs";
import { connectHoldfastClient } from "./subjects/holdfast-client.mjs";
import { startHoldfastServer } from "./subjects/holdfast-server.mjs";
import { patience } from "./wire/wire.mjs";

const all = Object.entries(lists).flatMap(([role, sections]) =>
  sections.flatMap(({ section, cases }) => cases.map((one) => ({ role, section, one }))),
);

/** No test waits longer for what does not come. */
const impatient = { answerMs: 30, closeMs: 30 };

describe("a case", () => {
  it("has three fields, and says the section that it is from", () => {
    for (const { one } of all) {
      expect(Object.keys(one)).toEqual(["sent", "required", "run"]);
      expect(one.required).toMatch(/\(.*§[0-9]+.*\)/);
    }
  });

  it("can be told from every other by its id", () => {
    const ids = all.map(({ role, section, one }) => caseId(role, section, one));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe("the list", () => {
  it("is as long as it was", () => {
    expect(all.filter(({ role }) => role === "server").length).toBeGreaterThanOrEqual(340);
    expect(all.filter(({ role }) => role === "client").length).toBeGreaterThanOrEqual(329);
  });

  it("passes no server that says nothing", async () => {
    const server = net.createServer((socket) => socket.on("error", () => {}).resume());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const faults = await Promise.all(
      serverSections.flatMap(({ cases }) => cases).map((one) => runServerCase(one, server.address(), impatient)),
    );
    await new Promise((resolve) => server.close(resolve));
    expect(faults.filter(({ fault }) => fault === undefined)).toEqual([]);
  });

  it("passes no client that says nothing", async () => {
    const faults = await Promise.all(
      clientSections
        .flatMap(({ cases }) => cases)
        .map((one) => runClientCase(one, { connect: silentClient }, impatient)),
    );
    expect(faults.filter(({ fault }) => fault === undefined)).toEqual([]);
  });
});

it("passes our server and our client in a case of every section", async () => {
  const server = await startHoldfastServer();
  for (const { cases } of serverSections)
    expect(await runServerCase(cases[0], server, patience.ours)).toMatchObject({ fault: undefined });
  await server.stop();
  for (const { cases } of clientSections) {
    expect(await runClientCase(cases[0], { connect: connectHoldfastClient }, patience.ours)).toMatchObject({
      fault: undefined,
    });
  }
});

/** Connects, and never gives a call an outcome. */
function silentClient(port) {
  const socket = net.connect(port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  return { request: () => new Promise(() => {}), close: async () => socket.destroy() };
}
