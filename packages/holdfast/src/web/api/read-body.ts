/** Reads the body of a request, piece by piece and never more than allowed. */

import { ApiError } from "./api-error.ts";

/** The same for every body that is explained; a log that is larger is the command's business. */
export const maxBodyBytes = 8_388_608; // 8 MiB: some 60,000 lines, explained in well under a second

/** Hands on what comes, as it comes. Throws `ApiError` once there is more than `maxBytes`, or when the sender goes away. */
export async function* bodyPieces(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return;
  let bytes = 0;
  try {
    for await (const piece of request.body as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield piece;
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // Nobody is left to read it, but it is no failure of the server either.
    throw new ApiError(400, "cut-off", "the body broke off before its end");
  }
}

/** A whole body as text that must be UTF-8. */
export async function bodyText(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for await (const piece of bodyPieces(request, maxBytes)) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(400, "bad-utf8", "the body is not UTF-8");
  }
}

export function tooLarge(limitBytes: number): ApiError {
  const isLog = limitBytes >= maxBodyBytes;
  const message = `the body is larger than ${limitBytes} bytes${isLog ? "; give larger logs to the command: holdfast explain -f FILE" : ""}`;
  return new ApiError(413, "too-large", message, { limitBytes });
}
