/** What every tool promises to the client that asks before it calls: it reads what it holds itself, and nothing else. */

export const localReading = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;
