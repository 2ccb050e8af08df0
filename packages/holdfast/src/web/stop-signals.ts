/** The signals that end a server: Ctrl-C, and the polite one of whoever started it. */

export const stopSignals = ["SIGINT", "SIGTERM"] as const;

/** Resolves at the first of them, and listens no longer then: a second one ends the process at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of stopSignals) process.off(signal, stop);
      resolve();
    };
    for (const signal of stopSignals) process.on(signal, stop);
  });
}
