/** Writes to standard output. A reader that went away (`| head`) is no failure; a full disk is. */

/** Standard output could not be written, so whoever wanted the answer has not got it. */
export class OutputError extends Error {}

/** Rejects with an `OutputError`. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // A failure is told twice: to the callback, and by an event that ends the process when nobody listens.
    const listen = (): void => {};
    process.stdout.once("error", listen);
    process.stdout.write(text, (error?: NodeJS.ErrnoException | null) => {
      if (error === undefined || error === null) process.stdout.off("error", listen);
      else if (error.code !== "EPIPE") reject(new OutputError(`standard output: ${error.message}`));
      resolve();
    });
  });
}
