/** Our own client, as the client cases see one: requests whose outcome is told and never thrown. */
import { createHttp2Client } from "@holdfast/grpc";

export function connectHoldfastClient(port) {
  // A request that goes again over a new connection would hide what happened on the first.
  const client = createHttp2Client(`http://127.0.0.1:${port}`, { maxReissues: 0 });
  return { request: (options) => outcomeOf(client, options), close: () => client.close() };
}

async function outcomeOf(client, { method, path, headers, body, unread = false } = {}) {
  try {
    const response = await client.request({
      ...(method === undefined ? {} : { method }),
      ...(path === undefined ? {} : { path }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    });
    if (unread) return { kind: "unread" };
    const octets = (await response.bytes()).length;
    const trailers = Object.fromEntries(pairsOf(response.trailers));
    return { kind: "answered", status: response.status, octets, trailers };
  } catch (error) {
    return { kind: "failed", why: error.message };
  }
}

function* pairsOf(list) {
  for (let at = 0; at < list.length; at += 2) yield [list[at], list[at + 1]];
}
