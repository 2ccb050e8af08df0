/** A `grpc-message` is percent-encoded on the wire (gRPC over HTTP/2, "Status-Message"); what is not well-formed stays. */
export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
