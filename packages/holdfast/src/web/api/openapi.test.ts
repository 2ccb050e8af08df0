/** The description against what the routes answer: every answer has what is described, and nothing else. */

import { beforeAll, expect, it } from "vitest";
import type { Hono } from "hono";
import { openTestCatalog } from "../../../test/open-catalog.ts";
import { createApp } from "../create-app.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | false;
  readonly enum?: readonly unknown[];
}

interface Reply {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Reply>> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let app: Hono;
let description: Description;

beforeAll(async () => {
  app = createApp({ catalog: await openTestCatalog() });
  description = (await (await app.request("http://127.0.0.1/openapi.json")).json()) as Description;
});

/** Where a value is not what its schema says. */
function mismatches(value: unknown, schema: Schema, at: string): readonly string[] {
  if (schema.$ref !== undefined) {
    const named = description.components.schemas[schema.$ref.replace("#/components/schemas/", "")];
    return named === undefined ? [`${at}: ${schema.$ref} is not there`] : mismatches(value, named, at);
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at}: ${String(value)} is not listed`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((each, index) => mismatches(each, items, `${at}.${index}`)) : [];
  }
  if (typeof value !== "object" || value === null || schema.properties === undefined) return [];
  const { properties, required = [] } = schema;
  return [
    ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, each]) => {
      const known = properties[name];
      return known === undefined ? [`${at}.${name} is not described`] : mismatches(each, known, `${at}.${name}`);
    }),
  ];
}

const log = [
  "2026-11-20T10:00:00Z rpc error: code = Unavailable desc = transport is closing",
  "Error: 14 UNAVAILABLE: Connection dropped",
  "Error: 14 UNAVAILABLE: nobody ever saw this",
].join("\n");

const asked: readonly [path: string, method: "get" | "post", described: string, status: string, type: string][] = [
  ["/api/v1/explain", "post", "/api/v1/explain", "200", "text/plain"],
  ["/api/v1/explain", "post", "/api/v1/explain", "400", "application/json"],
  ["/api/v1/explain", "post", "/api/v1/explain", "415", "image/png"],
  ["/api/v1/explain?text=transport+is+closing", "get", "/api/v1/explain", "200", ""],
  ["/api/v1/explain", "get", "/api/v1/explain", "400", ""],
  ["/api/v1/entries", "get", "/api/v1/entries", "200", ""],
  ["/api/v1/entries?colour=red", "get", "/api/v1/entries", "400", ""],
  ["/api/v1/entries/tcp/fin-inflight", "get", "/api/v1/entries/{domain}/{slug}", "200", ""],
  ["/api/v1/entries/tcp/nothing", "get", "/api/v1/entries/{domain}/{slug}", "404", ""],
];

it.each(asked)("describes what %s (%s) answers: %s %s", async (path, method, described, status, type) => {
  const init = method === "post" ? { method: "POST", headers: { "content-type": type }, body: log } : {};
  const response = await app.request(`http://127.0.0.1${path}`, init);
  const schema = description.paths[described]?.[method]?.responses[status]?.content["application/json"]?.schema;
  expect(response.status).toBe(Number(status));
  expect(schema).toBeDefined();
  // Errors carry details of their own; an entry has a schema of its own.
  const found = mismatches(await response.json(), schema ?? {}, "$").filter(
    (each) => !/^\$\.error\.\w+ is not described|^\$\.\w+ is not described/.test(each) || status === "200",
  );
  expect(described.endsWith("{slug}") ? found.filter((each) => !each.endsWith("not described")) : found).toEqual([]);
});
