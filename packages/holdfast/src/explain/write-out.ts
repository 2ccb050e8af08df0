/** Writes to standard output. A reader that went away (`| head`) is no failure. */

export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EPIPE") resolve();
      else reject(error);
    };
    process.stdout.once("error", onError);
    process.stdout.write(text, () => {
      resolve();
    });
  });
}
