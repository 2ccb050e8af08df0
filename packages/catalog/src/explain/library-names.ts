/**
 * Names of packages, classes and files that only libraries of HTTP/2 and gRPC have, by language, where they hold neither
 * name: a text in which one stands is about them. Owns the names; whether it tells of a failure is asked elsewhere.
 */

import { lazily } from "./lazily.ts";

/** In lower case. */
const names = lazily(
  () =>
    new RegExp(
      [
        // Erlang and Elixir: gun, Mint, chatterbox.
        String.raw`\bgun_(?:inform|response|trailers)\b|:too_many_concurrent_requests|:exceeds_window_size|:server_closed_connection|\bh2_(?:connection|stream|client|server)\b|\bchatterbox\b`,
        // Swift, and Java's Apache client.
        String.raw`streamclosed\(streamid|\bnioconnectionerror\(host|jdk\.internal\.net\.http\.stream|h2(?:streamreset|connection)exception`,
        // Python: hyper's h2 and its frames, grpclib.
        String.raw`\bhyperframe\b|\bhpack\.|<streamreset\b|\b(?:stream|connection)inputs\.[a-z_]+|streamterminatederror|toomanystreamserror|nosuchstreamerror|streamclosederror: \d`,
        // Rust: h2, hyper, volo.
        String.raw`hyper::error\(|\bkind: (?:goaway|reset|proto|user)\(|\bvolo\b|io\(kind\(|error\((?:server|transport),\s`,
        // Dart, Apache's module by the numbers of its messages, brpc.
        String.raw`transportconnectionexception|streamexception\(stream id|\bh2_(?:session|mplx|task|proxy)\b|\bh2context\b`,
        // Files of C-core.
        String.raw`\b(?:client_channel|secure_endpoint|handshaker|security_connector|xds_client|lb_policy\w{0,12}|resolver_dns\w{0,12}|retry_filter|call_op_set|completion_queue|server_auth_filter|frame_\w{3,20}|ev_(?:epoll\w{0,12}|poll_posix)|tcp_posix|parsing|health_check_client|plugin_credentials)\.c(?:c|pp)?:\d|ares_success|wsa_error`,
        // Go: grpc-go's parts, connect-go, etcd's client.
        String.raw`\bh2_bundle\.go|\baddrconn\b|\bpick_?first\b|ccresolverwrapper|ccbalancerwrapper|balancer_conn_wrappers|incomplete envelope|protocol error: (?:incomplete|missing|no|unexpected|invalid)|\bclientv3\b|etcdclient|\betcd-client\b`,
      ].join("|"),
    ),
);

/** `lower`: the text in lower case. */
export function namesHttp2Library(lower: string): boolean {
  return names().test(lower);
}
