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

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * A page of somebody else may not use this server through a visitor's browser: neither by a name that it lets point to the
 * loopback (DNS rebinding), nor by sending a form here. `hosts`: further names; `"any"` looks at origins alone.
 */
export function refuseForeign(hosts: readonly string[] | "any"): MiddlewareHandler {
  const known = hosts === "any" ? undefined : new Set([...loopbackNames, ...hosts]);
  return async (context, next) => {
    const url = new URL(context.req.url);
    if (known !== undefined && !known.has(url.hostname) && !isLoopback(url.hostname)) {
      throw new ApiError(421, "foreign-host", `this server is not called ${url.hostname}`);
    }
    const origin = context.req.header("origin");
    const isRead = context.req.method === "GET" || context.req.method === "HEAD";
    if (!isRead && origin !== undefined && originHost(origin) !== url.host) {
      throw new ApiError(403, "foreign-origin", `pages of ${origin} may not ask this server`);
    }
    await next();
  };
}

/** All of 127.0.0.0/8 (RFC 1122, 3.2.1.3). */
function isLoopback(name: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(name);
}

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
