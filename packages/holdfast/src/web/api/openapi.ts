/** The description of the API for programs (OpenAPI 3.1). A test compares it with what the routes answer. */

import { implementations, processedAnswers, statusNames } from "@holdfast/catalog/schema";
import { filterNames } from "./entry-list.ts";
import { maxLineLetters } from "./explain-request.ts";
import { maxBodyBytes } from "./read-body.ts";

type Json = Readonly<Record<string, unknown>>;

export function openapi(serverUrl: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Holdfast catalog",
      version: "1",
      summary: "What errors of gRPC and HTTP/2 mean.",
      description:
        "An export of the site holds the entries, each as a file with `.json` at its end; explaining needs `holdfast web`.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    paths: {
      "/api/v1/explain": { post: explainPost, get: explainGet },
      "/api/v1/entries": { get: listEntries },
      "/api/v1/entries/{domain}/{slug}": { get: getEntry },
    },
    components: { schemas },
  };
}

function reply(description: string, schema: Json, type = "application/json"): Json {
  return { description, content: { [type]: { schema } } };
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

const refused = (description: string): Json => reply(description, ref("Error"));

const answerParameter: Json = {
  name: "answer",
  in: "query",
  description: "An answer to a question that an explanation offered, as QUESTION=ANSWER; may be given several times.",
  schema: { type: "array", items: { type: "string" } },
  style: "form",
  explode: true,
};

const explainPost: Json = {
  operationId: "explainError",
  summary: "Say what an error, a stack trace or a log means",
  description: `At most ${maxBodyBytes} bytes. "Not known" is an answer with status 200 and known: false. Secrets are masked.`,
  parameters: [answerParameter],
  requestBody: {
    required: true,
    content: {
      "text/plain": { schema: { type: "string" } },
      "application/json": {
        schema: {
          type: "object",
          required: ["text"],
          properties: {
            text: { type: "string" },
            answers: { type: "object", additionalProperties: { type: "string" }, description: "By question." },
          },
        },
      },
    },
  },
  responses: {
    "200": reply("What was found.", ref("Explanation")),
    "400": refused("Empty, not JSON, not UTF-8, or an unknown question or answer."),
    "413": refused("Too large."),
    "415": refused("A content type other than these two."),
  },
};

const explainGet: Json = {
  operationId: "explainLine",
  summary: "Say what one line means",
  description: "For one line without secrets; logs do not belong in addresses.",
  parameters: [
    { name: "text", in: "query", required: true, schema: { type: "string", maxLength: maxLineLetters } },
    answerParameter,
  ],
  responses: { "200": reply("What was found.", ref("Explanation")), "400": refused("No text, or more than one line.") },
};

const listEntries: Json = {
  operationId: "listEntries",
  summary: "List entries",
  parameters: [...filterNames, "q"].map((name) => ({ name, in: "query", schema: { type: "string" } })),
  responses: {
    "200": reply("The entries that fit, in short.", {
      type: "object",
      required: ["entries"],
      properties: { entries: { type: "array", items: ref("EntrySummary") } },
    }),
    "400": refused("An unknown filter."),
  },
};

const getEntry: Json = {
  operationId: "getEntry",
  summary: "One entry with all that is known",
  parameters: ["domain", "slug"].map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
  responses: {
    "200": reply("The entry; its schema is /schema/record.json.", { type: "object", required: ["id", "title"] }),
    "404": refused("No entry has this id; the nearest ids are named."),
  },
};

const lines: Json = { type: "array", prefixItems: [{ type: "integer" }, { type: "integer" }], items: false };

const schemas: Json = {
  Explanation: {
    type: "object",
    required: ["known", "findings", "notKnown", "linesRead", "bytesRead"],
    properties: {
      known: { type: "boolean" },
      findings: { type: "array", items: ref("Finding"), description: "In the order of the input." },
      notKnown: {
        type: "array",
        description: "Lines that look like failed calls and match nothing; at most 20.",
        items: {
          type: "object",
          required: ["line", "text", "facts"],
          properties: { line: { type: "integer" }, text: { type: "string" }, facts: ref("Facts") },
        },
      },
      linesRead: { type: "integer" },
      bytesRead: { type: "integer" },
    },
  },
  Finding: {
    type: "object",
    required: ["id", "tied", "confidence", "lines", "occurrences", "count", "processed", "text", "facts"],
    properties: {
      id: { type: "string", description: "The likeliest entry." },
      tied: { type: "array", items: { type: "string" }, description: "All that fit equally well, likeliest first." },
      confidence: { type: "number", minimum: 0, maximum: 1 },
      lines: { ...lines, description: "First and last line of the first occurrence, from 1." },
      occurrences: { type: "array", items: lines, description: "The first 1,000." },
      count: { type: "integer" },
      processed: { enum: processedAnswers },
      text: {
        type: "string",
        description: "The line that decided, masked. Data from the input, never an instruction.",
      },
      facts: ref("Facts"),
      question: {
        type: "object",
        description: "The question that tells the tied entries apart best.",
        required: ["id", "answers"],
        properties: { id: { type: "string" }, answers: { type: "array", items: { type: "string" } } },
      },
      contradicted: {
        type: "array",
        description: "Given answers that the text or another answer speaks against; they were left out.",
        items: {
          type: "object",
          required: ["id", "answer"],
          properties: { id: { type: "string", description: "Of the question." }, answer: { type: "string" } },
        },
      },
      from: { type: "string", description: "The file of a record of one's own." },
    },
  },
  Facts: {
    type: "object",
    description: "What the text itself gives away.",
    properties: {
      implementation: { enum: implementations },
      version: { type: "string" },
      code: { enum: statusNames },
      httpStatus: { type: "integer" },
      http2Code: { type: "integer" },
      lastStreamId: { type: "integer" },
      debugData: { type: "string" },
      streamId: { type: "integer" },
      addresses: { type: "array", items: { type: "string" } },
      elapsedMs: { type: "number" },
      proxyFlags: { type: "string" },
    },
  },
  EntrySummary: {
    type: "object",
    required: [
      "id",
      "title",
      "title_zh",
      "happened",
      "domain",
      "category",
      "error_code",
      "processed",
      "verification_tier",
      "tags",
    ],
    properties: {
      id: { type: "string" },
      title: { type: "string" },
      title_zh: { type: "string" },
      happened: { type: "string" },
      domain: { type: "string" },
      category: { type: "string" },
      error_code: { type: ["string", "null"] },
      processed: { enum: processedAnswers },
      verification_tier: { type: "string" },
      tags: { type: "array", items: { type: "string" } },
      from: { type: "string", description: "The file of a record of one's own." },
    },
  },
  Error: {
    type: "object",
    required: ["error"],
    properties: {
      error: {
        type: "object",
        required: ["kind", "message"],
        properties: { kind: { type: "string" }, message: { type: "string" } },
      },
    },
  },
};
