/** What a probe over HTTP is answered. Pure: a request's method and target in, a status and a body out. */
import type { HttpAnswer } from "../host/http.ts";
import type { Readiness } from "./readiness.ts";

/** `/healthz`: the process runs and answers. `/readyz`: it wants traffic; the body names what is in the way. */
export function probeAnswer(method: string, target: string, readiness: () => Readiness): HttpAnswer {
  const [path] = target.split("?");
  if (path !== "/healthz" && path !== "/readyz") return json(404, { error: "expected /healthz or /readyz" });
  if (method !== "GET" && method !== "HEAD") return json(405, { error: "expected GET or HEAD" });
  if (path === "/healthz") return json(200, { alive: true });
  const state = readiness();
  return json(state.ready ? 200 : 503, state);
}

function json(status: number, body: object): HttpAnswer {
  return { status, body: `${JSON.stringify(body)}\n` };
}
