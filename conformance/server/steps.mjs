/** How the cases against a server begin: connections, greeted or not, and the requests that they send. */
import { headers, preface, settings } from "../wire/frames.mjs";
import { settingsAcked } from "../wire/expect.mjs";

/** The fields of a request, with others put in place of, or behind, the usual ones. */
export const get = [
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/"],
  [":authority", "localhost"],
];
export const post = get.map(([name, value]) => [name, name === ":method" ? "POST" : value]);

/** GET of a path. `/octets/N` is answered with so many octets; `/unread` with nothing, and its body is not read. */
export const getOf = (path) => get.map(([name, value]) => [name, name === ":path" ? path : value]);
export const postTo = (path) => post.map(([name, value]) => [name, name === ":path" ? path : value]);

/** A whole GET. */
export const request = (streamId, extra = []) => headers(streamId, [...get, ...extra], { end: true });

/** The head of a POST whose body is to come. */
export const opened = (streamId, extra = []) => headers(streamId, [...post, ...extra]);

/** The steps, on a connection where both sides have said their SETTINGS and acknowledged the other's. */
export const greeted =
  (...steps) =>
  async (dial) => {
    const table = await dial();
    table.wire.send(preface, settings());
    await settingsAcked(1)(table);
    await follow(steps, table);
  };

/** The steps, on a connection where nothing was said yet. */
export const ungreeted =
  (...steps) =>
  async (dial) =>
    follow(steps, await dial());

async function follow(steps, table) {
  for (const step of steps) await step(table);
}
