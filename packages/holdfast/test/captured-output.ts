/** What a command prints, caught for as long as a test takes; call it once, at the top of a test file. */

import { afterEach, beforeEach, vi } from "vitest";

export interface CapturedOutput {
  /** What went to standard output since the test began, or since somebody emptied it. */
  out: string;
  /** The same of standard error. */
  err: string;
}

export function captureOutput(): CapturedOutput {
  const captured: CapturedOutput = { out: "", err: "" };
  beforeEach(() => {
    captured.out = "";
    captured.err = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text: unknown, done?: unknown) => {
      captured.out += String(text);
      if (typeof done === "function") (done as () => void)();
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text: unknown) => {
      captured.err += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return captured;
}
