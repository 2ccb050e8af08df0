/** One line on standard error that says what is being waited for. A terminal has it rewritten; elsewhere nothing is said. */

export interface Progress {
  begin(what: string): void;
  end(): void;
}

/** Quick steps pass without a word. */
const quietMs = 300;

export function createProgress(stream: { readonly isTTY?: boolean; write(text: string): unknown }): Progress {
  let timer: NodeJS.Timeout | undefined;
  let shown = false;
  const end = (): void => {
    clearInterval(timer);
    timer = undefined;
    // ECMA-48 EL: erases the line.
    if (shown) stream.write("\r\u001b[K");
    shown = false;
  };
  return {
    begin(what) {
      end();
      if (stream.isTTY !== true) return;
      const startedAtMs = performance.now();
      timer = setInterval(() => {
        shown = true;
        stream.write(`\r\u001b[K... ${what}, ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s`);
      }, quietMs);
    },
    end,
  };
}
