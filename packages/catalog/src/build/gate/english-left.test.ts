import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { englishLeft } from "./english-left.ts";

describe("englishLeft", () => {
  it.each([
    ["Send the call again.", "Send the call again."],
    ["调用失败。Look for exit code 137 in the log. 然后重启。", "Look for exit code 137 in the log."],
    ["请 check the logs", "check the logs"],
    ["连接被 closed by server 了", "closed by server"],
    ["查看 connection pool 的大小", "connection pool"],
    ["Nothing", "Nothing"],
    ["第一步 restart, reconnect", "restart, reconnect"],
  ])("finds what was left in %s", (text, left) => {
    expect(englishLeft(text)).toBe(left);
  });

  it.each([
    "收到 GOAWAY 之后，keepalive_time_ms 与 Envoy 的 max_connection_duration 无关。",
    "设置 `keep the connection alive for ever` 没有用。",
    "日志里有 “the connection is draining”，表示正在排空。",
    '状态为 "transport is closing" 时可以重发。',
    "运行：\n```sh\nkubectl get pods and look\n```\n然后等待。",
    "AWS 的 Application Load Balancer 在 60 秒后关闭空闲连接，Network Load Balancer 为 350 秒。",
    "gRPC、HTTP/2、grpc-js 1.14.7、Node 20.20.2、nginx、HAProxy、Linkerd",
    "RST_STREAM(CANCEL)、NO_ERROR、grpc-status: 14",
    "见 https://github.com/grpc/grpc-node/issues/2785 的说明。",
    "GOAWAY(NO_ERROR)",
    "",
  ])("passes %s", (text) => {
    expect(englishLeft(text)).toBeUndefined();
  });

  it("passes the texts of programs that the entry knows", () => {
    expect(englishLeft("no healthy upstream：没有健康的上游")).toBe("no healthy upstream");
    expect(englishLeft("no healthy upstream：没有健康的上游", ["14 UNAVAILABLE: no healthy upstream"])).toBeUndefined();
  });

  it("finds a sentence wherever it stands among Chinese", () => {
    const chinese = fc.stringMatching(/^[连接被关闭。，：（）]{0,12}$/);
    fc.assert(
      fc.property(chinese, chinese, (before, after) => {
        expect(englishLeft(`${before}the server has gone away${after}`)).toContain("the server has gone away");
      }),
    );
  });
});
