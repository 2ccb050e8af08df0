/** Owns the events of the connection itself: not made, cut, silent, not HTTP/2, broken HTTP/2, and what the caller does. */

import { frame, headersFrame, windowUpdateFrame, dataFrame, maxUint31, settingsFrame } from "../peer/frame.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { atOnce, eachCall } from "./each-call.ts";
import type { WireEvent } from "./wire-event.ts";

const apartMs = 40;
/** Shorter than the usual deadline: these events only end by it. */
const shortDeadlineMs = 700;

/** Two libraries have a text of their own for every lost connection, and the catalog an entry for each of the two. */
const dropInConnect = (label: string) => ({
  "connect-node": { label, also: ["connect/connection-drop-mislabelled"] },
  tonic: { label, also: ["tonic/transport-error-unknown-or-cancelled"] },
});
const timeoutInTonic = (label: string) => ({
  tonic: { label, also: ["client/deadline-exceeded", "tonic/transport-error-unknown-or-cancelled"] },
});
const http11 =
  "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request";
const silent = (label: string) => ({ label, also: ["client/deadline-exceeded"] });

const cuts: readonly WireEvent[] = [
  {
    id: "fin-in-call",
    label: "tcp/fin-inflight",
    script: eachCall((peer) => peer.fin()),
    by: dropInConnect("tcp/fin-inflight"),
  },
  {
    id: "reset-in-call",
    label: "tcp/reset-inflight",
    script: eachCall((peer) => peer.reset()),
    by: dropInConnect("tcp/reset-inflight"),
  },
  {
    id: "headers-fin",
    label: "tcp/fin-inflight",
    order: { call: "server-stream" },
    script: eachCall(async (peer, call) => {
      peer.answerHeaders(call);
      await peer.pause(apartMs);
      peer.fin();
    }),
    by: dropInConnect("tcp/fin-inflight"),
  },
  {
    id: "headers-reset",
    label: "tcp/reset-inflight",
    order: { call: "server-stream" },
    script: eachCall(async (peer, call) => {
      peer.answerHeaders(call);
      await peer.pause(apartMs);
      peer.reset();
    }),
    by: dropInConnect("tcp/reset-inflight"),
  },
  {
    id: "half-message-fin",
    label: "tcp/fin-inflight",
    order: { call: "server-stream" },
    script: eachCall(async (peer, call) => {
      peer.answerHeaders(call);
      peer.write(dataFrame(call.streamId, Buffer.from([0, 0, 0, 0, 9, 1]), false));
      await peer.pause(apartMs);
      peer.fin();
    }),
    by: dropInConnect("tcp/fin-inflight"),
  },
];

const setUp: readonly WireEvent[] = [
  { id: "refused-port", label: "connect/refused" },
  {
    id: "unknown-name",
    label: "connect/name-not-found",
    order: { target: "orders.shop.invalid:50051" },
  },
  {
    id: "fin-at-once",
    label: "connect/closed-before-settings",
    script: atOnce((peer) => peer.fin(), false),
    by: dropInConnect("connect/closed-before-settings"),
  },
  {
    id: "reset-at-once",
    label: "connect/closed-before-settings",
    script: atOnce((peer) => peer.reset(), false),
    by: dropInConnect("connect/closed-before-settings"),
  },
  {
    id: "http1-peer",
    label: "connect/http1-peer",
    script: atOnce((peer) => {
      peer.write(Buffer.from(http11));
      peer.fin();
    }, false),
  },
  {
    id: "ssh-peer",
    label: "connect/http1-peer",
    also: ["connect/closed-before-settings", "http2/peer-violation"],
    script: atOnce((peer) => peer.write(Buffer.from("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")), false),
  },
  {
    id: "no-settings",
    ...silent("connect/settings-hang"),
    order: { deadlineMs: shortDeadlineMs },
    script: atOnce((peer) => peer.blackHole(), false),
    by: timeoutInTonic("connect/settings-hang"),
  },
  {
    id: "no-streams",
    ...silent("http2/max-concurrent-streams-stall"),
    order: { deadlineMs: shortDeadlineMs },
    script: { settings: { maxConcurrentStreams: 0 }, play: () => {} },
    by: timeoutInTonic("http2/max-concurrent-streams-stall"),
  },
];

const silence: readonly WireEvent[] = [
  {
    id: "black-hole",
    ...silent("keepalive/disabled-half-open"),
    order: { deadlineMs: shortDeadlineMs },
    script: eachCall((peer) => peer.blackHole()),
    by: timeoutInTonic("keepalive/disabled-half-open"),
  },
  {
    id: "black-hole-keepalive",
    label: "keepalive/ping-timeout-dead-peer",
    // Go and Java raise any interval to ten seconds.
    order: { keepaliveMs: 300, deadlineMs: 14_000 },
    only: ["grpc-js", "nice-grpc", "connect-node", "grpc-go", "grpc-java", "grpc-core", "tonic"],
    script: eachCall((peer) => peer.blackHole()),
    by: { "grpc-core": { label: "ccore/keepalive-timeout-ineffective", also: ["client/deadline-exceeded"] } },
  },
  {
    id: "slow-handler",
    label: "client/deadline-exceeded",
    order: { deadlineMs: 1_500 }, // a Java machine needs most of a second to connect
    script: eachCall((peer, call) => peer.finish([call], 4_000)),
    by: timeoutInTonic("client/deadline-exceeded"),
  },
  {
    id: "slow-stream",
    label: "client/deadline-exceeded",
    order: { call: "server-stream", deadlineMs: 1_500 },
    script: eachCall((peer, call) => peer.answerHeaders(call)),
    by: timeoutInTonic("client/deadline-exceeded"),
  },
  {
    id: "draining-with-keepalive",
    label: "grpcjs/keepalive-kills-draining-call",
    order: { keepaliveMs: 300, deadlineMs: 5_000 },
    only: ["grpc-js", "nice-grpc"],
    script: eachCall((peer, call) => {
      peer.goaway("NO_ERROR", call.streamId, "max_age");
      peer.finish([call], 2_000);
    }),
  },
];

const violations: readonly WireEvent[] = [
  { id: "data-on-stream-0", bytes: [dataFrame(0, Buffer.alloc(3), false)] },
  { id: "too-large-frame", bytes: [frame(0, 0, 1, Buffer.alloc(20_000))] }, // above the 16,384 bytes of RFC 9113 §4.2
  { id: "bad-hpack", bytes: [frame(1, 4, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))] },
  { id: "short-ping", bytes: [frame(6, 0, 0, Buffer.alloc(3))] },
  { id: "window-overflow", bytes: [windowUpdateFrame(0, maxUint31), windowUpdateFrame(0, maxUint31)] },
  { id: "headers-on-even-stream", bytes: [headersFrame(2, { ":status": "200" }, false)] },
  { id: "bad-setting", bytes: [settingsFrame(new Map([[5, 1]]))] }, // MAX_FRAME_SIZE below 16,384
  { id: "zero-window-update", bytes: [windowUpdateFrame(0, 0)] },
  { id: "push-promise", bytes: [frame(5, 4, 1, Buffer.from([0, 0, 0, 2, 0x88]))] },
].map(({ id, bytes }) => ({
  id,
  label: "http2/peer-violation",
  unless: /deadline|timed? ?out|aborted/i,
  script: eachCall((peer) => peer.write(...bytes)),
}));

const tls: readonly WireEvent[] = [
  { id: "tls-to-plain", label: "tls/handshake-failed", order: { tls: "trust" }, script: wellBehaved },
  {
    id: "tls-to-http1",
    label: "tls/handshake-failed",
    also: ["connect/http1-peer"],
    order: { tls: "trust" },
    script: atOnce((peer) => peer.write(Buffer.from(http11)), false),
  },
  {
    id: "plain-to-tls",
    label: "tls/handshake-failed",
    also: ["connect/closed-before-settings", "connect/http1-peer"],
    tls: "valid",
    script: wellBehaved,
    by: {
      "connect-node": {
        label: "tls/handshake-failed",
        also: ["connect/closed-before-settings", "connect/connection-drop-mislabelled", "connect/http1-peer"],
      },
      tonic: {
        label: "tls/handshake-failed",
        also: ["connect/closed-before-settings", "tonic/transport-error-unknown-or-cancelled"],
      },
    },
  },
  { id: "untrusted", label: "tls/handshake-failed", order: { tls: "system" }, tls: "valid", script: wellBehaved },
  { id: "expired", label: "tls/handshake-failed", order: { tls: "trust" }, tls: "expired", script: wellBehaved },
  {
    id: "no-alpn",
    label: "tls/alpn-missing",
    order: { tls: "trust" },
    tls: "no-alpn",
    script: wellBehaved,
    except: ["tonic"], // its TLS refuses a certificate that signs itself before it looks at ALPN
  },
  {
    id: "other-alpn",
    label: "tls/alpn-missing",
    also: ["tls/handshake-failed"],
    order: { tls: "trust" },
    tls: "other-alpn",
    script: wellBehaved,
  },
  {
    id: "tls-fin-at-once",
    label: "tls/handshake-failed",
    also: ["connect/closed-before-settings"],
    order: { tls: "trust" },
    script: atOnce((peer) => peer.fin(), false),
  },
  {
    id: "tls-reset-at-once",
    label: "tls/handshake-failed",
    also: ["connect/closed-before-settings"],
    order: { tls: "trust" },
    script: atOnce((peer) => peer.reset(), false),
  },
];

const ourSide: readonly WireEvent[] = [
  {
    id: "cancelled-by-caller",
    label: "client/cancelled-by-caller",
    order: { cancelAfterMs: 100 },
    script: eachCall((peer, call) => peer.finish([call], 2_000)),
  },
  {
    id: "stream-cancelled-by-caller",
    label: "client/cancelled-by-caller",
    order: { cancelAfterMs: 100, call: "server-stream" },
    script: eachCall((peer, call) => peer.answerHeaders(call)),
  },
  {
    id: "closed-before-call",
    label: "client/channel-closed-locally",
    order: { closeAfterMs: 0 },
    script: wellBehaved,
    by: { "node-http2": { label: "client/channel-closed-locally", also: ["node/new-stream-after-goaway"] } },
  },
  {
    id: "closed-in-call",
    label: "client/channel-closed-locally",
    order: { closeAfterMs: 100 },
    only: ["grpc-java", "grpc-go", "grpc-core"],
    script: eachCall((peer, call) => peer.finish([call], 2_000)),
  },
];

/** undici says the same of every connection that does not come up, whatever the protocol. */
function withoutUndici(event: WireEvent): WireEvent {
  return { ...event, except: [...(event.except ?? []), "undici"] };
}

export const connectionEvents: readonly WireEvent[] = [
  ...cuts,
  ...setUp.map(withoutUndici),
  ...silence,
  ...violations,
  ...tls.map(withoutUndici),
  ...ourSide,
];
