export const quiet = (work: Promise<void>) => work.catch((error) => String(error));
