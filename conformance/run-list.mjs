/** Runs the list against one subject in one role. */
import { clientSections } from "./client/sections.mjs";
import { runClientCase } from "./run-client-case.mjs";
import { runServerCase } from "./run-server-case.mjs";
import { serverSections } from "./server/sections.mjs";
import { patience } from "./wire/wire.mjs";

/** Cases of other people's programs that run at once: they mostly wait for what does not come. Ours run alone. */
const othersAtOnce = 16;

export const lists = { server: serverSections, client: clientSections };

/** The roles of a subject. */
export function rolesOf({ startServer, connectClient }) {
  return [...(startServer === undefined ? [] : ["server"]), ...(connectClient === undefined ? [] : ["client"])];
}

/** Results in the order of the list: `{ id, subject, role, section, title, sent, required, fault?, notes }`. */
export async function runList(subject, role, wantsSection) {
  const cases = lists[role]
    .filter(({ section }) => wantsSection(section))
    .flatMap(({ section, title, cases }) => cases.map((one) => ({ section, title, one })));
  const patienceMs = subject.ours ? patience.ours : patience.others;
  if (role === "client") {
    const client = { connect: subject.connectClient };
    return runAll(subject, role, cases, (one) => runClientCase(one, client, patienceMs));
  }
  const server = await subject.startServer();
  try {
    return await runAll(subject, role, cases, (one) => runServerCase(one, server, patienceMs));
  } finally {
    await server.stop();
  }
}

async function runAll({ name, ours }, role, cases, run) {
  const results = new Array(cases.length);
  let next = 0;
  const worker = async () => {
    while (next < cases.length) {
      const index = next++;
      const { section, title, one } = cases[index];
      const { fault, notes } = await run(one);
      results[index] = {
        id: caseId(role, section, one),
        ...{ subject: name, role, section, title, sent: one.sent, required: one.required, notes },
        // What the list lets pass in others, since the RFC names no time and says SHOULD, is not good enough for ours.
        fault: fault ?? (ours ? notes[0] : undefined),
      };
    }
  };
  await Promise.all(Array.from({ length: ours ? 1 : othersAtOnce }, worker));
  return results;
}

export function caseId(role, section, { sent }) {
  return `${role} ${section}: ${sent}`;
}
