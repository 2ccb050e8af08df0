/** What `inspect` handed out, as text for a person. Owns the words and columns; whatever peers wrote is made printable. */

import { durationText } from "../report/duration-text.ts";
import { printable } from "../report/printable.ts";
import type { ChannelInspection, ConnectionInspection, ServerInspection } from "./inspection.ts";

type Row = readonly string[];

/** Streams below a connection: what is stuck shows in the oldest. */
const shownStreams = 5;

/**
 * The text of a `channel.inspect()` or `server.inspect()`: who it is, its addresses, a row for each connection with its
 * streams below it, and how the last connections ended. Lines of at most about 100 columns, but for addresses and reports.
 */
export function inspectTable(inspection: ChannelInspection | ServerInspection): string {
  const { connections, connectionsOpen, connectionsEnded, reports, memory } = inspection;
  const lines = inspection.kind === "channel" ? channelLines(inspection) : serverLines(inspection);
  lines.push(`memory: ${bytesText(memory.heldBytes)} received and not used, of ${bytesText(memory.limitBytes)}`);
  lines.push("", `connections: ${connectionsOpen} open, ${connectionsEnded} ended`);
  if (connections.length > 0) lines.push(...connectionLines(connections));
  const hidden = connectionsOpen - connections.length;
  if (hidden > 0) lines.push(`  and ${hidden} more`);
  if (reports.length > 0) lines.push("", "ended last:", ...reports.map(({ summary }) => `  ${printable(summary)}`));
  return `${lines.join("\n")}\n`;
}

function channelLines({ target, closed, calls, names, addresses }: ChannelInspection): string[] {
  const lines = [
    `channel to ${printable(target)}${closed ? ", closed" : ""}`,
    `calls: ${calls.open} open, ${calls.waiting} of them waiting for a connection`,
    `names: ${namesText(names)}`,
  ];
  if (addresses.length === 0) return lines;
  const rows = addresses.map(({ address, state, againInMs, connectionId }): Row => {
    const again = againInMs === undefined ? "" : `again in ${durationText(Math.max(0, againInMs))}`;
    return [printable(address), state, connectionId === undefined ? again : `conn ${connectionId}`];
  });
  return [...lines, "addresses:", ...aligned(rows, [])];
}

function namesText({ state, answeredMs, error }: ChannelInspection["names"]): string {
  const words = { never: "not looked up yet", asking: "being looked up", rested: "looked up" };
  const ago = answeredMs === undefined ? "" : `, last answer ${durationText(answeredMs)} ago`;
  return `${words[state]}${ago}${error === undefined ? "" : `, failed: ${printable(error)}`}`;
}

function serverLines({ listening, drain, callsOpen }: ServerInspection): string[] {
  const where = listening.length === 0 ? "listening nowhere" : `listening on ${listening.map(printable).join(", ")}`;
  return [`server ${where}${drain === "serving" ? "" : `; drain: ${drain}`}`, `calls: ${callsOpen} open`];
}

const columns = ["conn", "peer", "state", "age", "quiet", "streams", "may send", "may receive", "unsent"];
/** Which of them are numbers. */
const rightAligned = [0, 3, 4, 5, 6, 7, 8];

function connectionLines(connections: readonly ConnectionInspection[]): string[] {
  const rows = connections.map(rowOf);
  const [head = "", ...body] = aligned([columns, ...rows], rightAligned);
  return [head, ...body.flatMap((line, i) => [line, ...belowLines(connections[i] as ConnectionInspection)])];
}

function rowOf(connection: ConnectionInspection): Row {
  const { id, peer, ageMs, quietMs, streamsOpen, windows, unsentBytes } = connection;
  return [
    String(id),
    printable(peer),
    stateText(connection),
    durationText(ageMs),
    quietMs === undefined ? "-" : durationText(quietMs),
    `${streamsOpen}/${limitOf(connection)}`,
    bytesText(windows.sendBytes),
    bytesText(windows.receiveBytes),
    bytesText(unsentBytes),
  ];
}

/** What a person wants to know first: can it take calls? */
function stateText({ socket, phase, goingAway, peerLastStreamId }: ConnectionInspection): string {
  if (socket !== "open") return socket;
  if (phase !== "ready") return phase;
  if (peerLastStreamId !== undefined) return "peer leaves";
  return goingAway === "staying" ? "ready" : goingAway;
}

/** Whoever is asked for streams sets the limit, RFC 9113 §5.1.2. */
function limitOf({ role, settings }: ConnectionInspection): string {
  const { maxConcurrentStreams } = role === "client" ? settings.theirs : settings.ours;
  return maxConcurrentStreams === undefined ? "any" : String(maxConcurrentStreams);
}

function belowLines({ streams, streamsOpen }: ConnectionInspection): string[] {
  const lines = streams.slice(0, shownStreams).map((stream) => {
    const { id, state, sendWindowBytes, receiveWindowBytes, queuedBytes, heldBytes } = stream;
    const windows = `may send ${bytesText(sendWindowBytes)}, may receive ${bytesText(receiveWindowBytes)}`;
    return `        stream ${id} ${state}: ${windows}, ${bytesText(queuedBytes)} queued, ${bytesText(heldBytes)} unread`;
  });
  const hidden = streamsOpen - lines.length;
  return hidden > 0 && lines.length > 0 ? [...lines, `        and ${hidden} more`] : lines;
}

/** Rows as lines, each column as wide as its widest cell. */
function aligned(rows: readonly Row[], toTheRight: readonly number[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) => {
    const cells = row.map((cell, i) => {
      const width = widths[i] ?? 0;
      return toTheRight.includes(i) ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${cells.join("  ")}`.trimEnd();
  });
}

/** `64.0 KiB`; exact where it is short; four digits before the point would be more than a person reads. */
function bytesText(bytes: number): string {
  const size = Math.abs(bytes);
  if (size < 10_240) return `${bytes} B`; // 10 KiB
  return size < 1_024_000 ? `${(bytes / 1_024).toFixed(1)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`; // 1,000 KiB, and 1 MiB
}
