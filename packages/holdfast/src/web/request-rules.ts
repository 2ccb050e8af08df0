/** What holds for every request: who may ask, and the headers that keep a page to itself. */

import type { MiddlewareHandler } from "hono";
import { ApiError } from "./api/api-error.ts";

/**
 * A page may load its own style, programs and pictures and nothing else; nothing inline runs. `connect-src` is for the live
 * demo's events, which come from the same origin.
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set("content-security-policy", contentPolicy);
  headers.set("x-content-type-options", "nosniff");
  // Not "no-referrer": then the origin of a form is "null", and cannot be told from that of a stranger.
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("cross-origin-resource-policy", "same-origin");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-cache");
};

/**
 * A page of somebody else may not use this server through a visitor's browser: neither by a name that it lets point here
 * (DNS rebinding), nor by sending a form here. `names`: by which it may be called besides `localhost`. An address is no
 * name, and nobody can let it point elsewhere.
 */
export function refuseForeign(names: readonly string[]): MiddlewareHandler {
  const known = new Set(["localhost", ...names]);
  return async (context, next) => {
    const url = new URL(context.req.url);
    if (!known.has(url.hostname) && !isAddress(url.hostname)) {
      const message = `this server is not called ${url.hostname}; holdfast web --name gives it a name`;
      throw new ApiError(421, "foreign-host", message);
    }
    const origin = context.req.header("origin");
    const isRead = context.req.method === "GET" || context.req.method === "HEAD";
    if (!isRead && origin !== undefined && originHost(origin) !== url.host) {
      throw new ApiError(403, "foreign-origin", `pages of ${origin} may not ask this server`);
    }
    // What a browser says of itself, also where it leaves the origin out (Fetch Metadata).
    const site = context.req.header("sec-fetch-site") ?? "none";
    if (!isRead && site !== "none" && site !== "same-origin") {
      throw new ApiError(403, "foreign-origin", "pages of other sites may not ask this server");
    }
    await next();
  };
}

/** An IPv4 or IPv6 address as `URL` writes it. */
function isAddress(host: string): boolean {
  return /^(?:\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.]+\])$/.test(host);
}

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
