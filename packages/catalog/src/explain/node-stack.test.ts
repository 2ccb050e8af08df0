import { describe, expect, it } from "vitest";
import { entryOfNodeStack } from "./node-stack.ts";

const canceled = "Error [ERR_HTTP2_STREAM_CANCEL]: The pending stream has been canceled";
const closed = "Error [ERR_HTTP2_SESSION_ERROR]: Session closed with error code 8";
const destroy = "    at ClientHttp2Session.destroy (node:internal/http2/core:1377:13)";
const manager = "(/app/node_modules/@connectrpc/connect-node/dist/esm/http2-session-manager.js:517:15)";

describe("entryOfNodeStack", () => {
  it.each([
    ["destroy", [canceled, destroy, "    at Client.stop (/app/src/client.ts:40:11)"]],
    ["destroy with a code", [closed, destroy, "    at Client.stop (/app/src/client.ts:40:11)"]],
    [
      "close",
      [
        canceled,
        destroy,
        "    at ClientHttp2Session.close (node:internal/http2/core:1460:12)",
        "    at stop (/a.js:1:1)",
      ],
    ],
    [
      "an old Node",
      [canceled, "    at ClientHttp2Session.destroy (internal/http2/core.js:1199:27)", "    at /a.js:1:1"],
    ],
  ])("says that the program itself closed the session: %s", (_, lines) => {
    expect(entryOfNodeStack(lines.join("\n"))).toBe("client/channel-closed-locally");
  });

  it.each([
    ["a ping", [closed, `    at commonPing ${manager}`]],
    ["an uncaught error", ["      throw er; // Unhandled 'error' event", closed, destroy, `    at abort ${manager}`]],
  ])("says that Connect's abort met nobody: %s", (_, lines) => {
    expect(entryOfNodeStack(lines.join("\n"))).toBe("connect/uncaught-after-session-abort");
  });

  it.each([
    ["a GOAWAY", [closed, "    at Http2Session.onGoawayData (node:internal/http2/core:660:21)"]],
    ["a socket", [canceled, destroy, "    at TLSSocket.socketOnClose (node:internal/http2/core:3000:3)"]],
    ["a socket of an old Node", [canceled, destroy, "    at Socket.socketOnClose (internal/http2/core.js:2900:13)"]],
    ["a library", [canceled, destroy, "    at T.end (/app/node_modules/@grpc/grpc-js/build/src/transport.js:9:1)"]],
    ["a cause", [`${canceled} (caused by: read ECONNRESET)`, destroy, "    at stop (/app/src/client.ts:40:11)"]],
    ["another error", ["Error: boom", destroy, "    at stop (/app/src/client.ts:40:11)"]],
    ["no stack", [canceled]],
  ])("leaves the question open: %s", (_, lines) => {
    expect(entryOfNodeStack(lines.join("\n"))).toBeUndefined();
  });
});
