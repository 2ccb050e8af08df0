/**
 * What a stack of node:http2 proves beyond its message: the frame under the session's own says who ended it. The same two
 * messages stand for a GOAWAY, a lost socket and a program that closed its own session.
 */

/** With a cause in its brackets the message says enough itself. */
const endOfSession = /Session closed with error code \d|pending stream has been canceled(?! \(caused by: [^)\s])/;
/** The session's own frames, and the one that called them. */
const caller =
  /(?:^|\n) *at ClientHttp2Session\.(?:destroy|close) \([^)\n]*\)\n(?: *at ClientHttp2Session\.\w+ \([^)\n]*\)\n){0,4} *at ([^\n]*)/;
const ofNode = /node:|\((?:internal|_?\w+)\/|<anonymous>\)?$/;
const ofLibrary = /[\\/]node_modules[\\/]/;
/** Connect for Node destroys a session that does not answer its PING, with nobody left who listens for the error. */
const ofConnect = /connect-node[\\/][^\n]*http2-session-manager/;
const uncaught = /\bcommonPing\b|\b[Uu]ncaught\b|\b[Uu]nhandled\b|throw er;|Emitted 'error' event/;

/** Id of the entry that the stack in a failure names; undefined when it leaves the question open. */
export function entryOfNodeStack(text: string): string | undefined {
  if (!endOfSession.test(text)) return undefined;
  if (ofConnect.test(text)) return uncaught.test(text) ? "connect/uncaught-after-session-abort" : undefined;
  const frame = caller.exec(text)?.[1];
  if (frame === undefined || ofNode.test(frame) || ofLibrary.test(frame)) return undefined;
  return "client/channel-closed-locally";
}
