/**
 * Owns what a fuzz run is made of: a role, and steps. As text it is one step a line, so that a finding can be read, cut down
 * by hand and kept as a regression file.
 *
 *     role server
 *     bytes 505249202a20485454502f322e300d0a0d0a534d0d0a0d0a
 *     wait 20
 *     act answer
 */

/** What the application does between two arrivals; on the stream that the dice of the subject name, where one is needed. */
export const acts = [
  "open",
  "request",
  "answer",
  "send",
  "finish",
  "reset",
  "ping",
  "drain",
  "leave",
  "stop-reading",
  "read",
] as const;
export type Act = (typeof acts)[number];

export type ConnectionStep =
  /** They arrive at once, as one read of the socket. To a decoder: one header block. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Virtual time passes; timers that are due are heard. */
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "act"; readonly act: Act };

/** SETTINGS_HEADER_TABLE_SIZE as we announced it is acknowledged; for a decoder. */
export type FuzzStep = ConnectionStep | { readonly kind: "table"; readonly bytes: number };

export const roles = ["client", "server", "decoder"] as const;

export interface FuzzInput {
  /** Of the engine under test; a decoder of header blocks stands alone. */
  readonly role: (typeof roles)[number];
  readonly steps: readonly FuzzStep[];
}

export function inputToText({ role, steps }: FuzzInput): string {
  return [`role ${role}`, ...steps.map(stepToText), ""].join("\n");
}

/** Throws an error that names the line when the text is no input. `#` begins a line of comment. */
export function inputFromText(text: string): FuzzInput {
  const lines = text.split("\n").map((line) => line.trim());
  let role: FuzzInput["role"] | undefined;
  const steps: FuzzStep[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const [word, rest = ""] = line.split(" ", 2);
    const named = roles.find((name) => name === rest);
    if (word === "role" && named !== undefined) role = named;
    else {
      const step = stepFromText(word ?? "", rest);
      if (step === undefined) {
        throw new Error(
          `line ${index + 1}: expected "role ${roles.join("|")}", "bytes HEX", "wait MS", "table BYTES" or "act NAME", got "${line.slice(0, 60)}"`,
        );
      }
      steps.push(step);
    }
  }
  if (role === undefined) throw new Error(`no line says "role ${roles.join("|")}"`);
  return { role, steps };
}

function stepToText(step: FuzzStep): string {
  switch (step.kind) {
    case "bytes":
      return `bytes ${Buffer.from(step.bytes).toString("hex")}`;
    case "wait":
      return `wait ${step.ms}`;
    case "act":
      return `act ${step.act}`;
    case "table":
      return `table ${step.bytes}`;
  }
}

function stepFromText(word: string, rest: string): FuzzStep | undefined {
  if (word === "bytes" && /^(?:[0-9a-f]{2})*$/.test(rest)) return { kind: "bytes", bytes: Buffer.from(rest, "hex") };
  if (word === "wait" && /^\d{1,9}$/.test(rest)) return { kind: "wait", ms: Number(rest) };
  if (word === "table" && /^\d{1,9}$/.test(rest)) return { kind: "table", bytes: Number(rest) };
  const act = acts.find((name) => name === rest);
  return word === "act" && act !== undefined ? { kind: "act", act } : undefined;
}
