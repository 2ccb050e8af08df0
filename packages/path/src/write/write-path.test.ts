import { describe, expect, it } from "vitest";
import { readFacts } from "../facts/read-facts.ts";
import { planPath } from "../plan/plan-path.ts";
import { sourceTable } from "../rules/sources-table.ts";
import { pathRules } from "../rules/rules-table.ts";
import { writePath } from "./write-path.ts";

const everyone = "go,alb,nlb,nginx,envoy,haproxy,python,kubernetes";
const written = (hops: string, more: Parameters<typeof readFacts>[0] = {}): readonly { name: string; text: string }[] =>
  writePath(planPath(readFacts({ hops, ...more })), sourceTable);
const textOf = (hops: string, ending: string, more: Parameters<typeof readFacts>[0] = {}): string =>
  written(hops, more).find(({ name }) => name.endsWith(ending))?.text ?? "";

describe("written files", () => {
  it("are one for each hop, named in the order of the path", () => {
    expect(written(everyone).map(({ name }) => name)).toEqual([
      ...["1-grpc-go-client.go", "2-aws-alb.tf", "3-aws-nlb.tf", "4-nginx.conf", "5-envoy.yaml", "6-haproxy.cfg"],
      ...["7-grpc-core-server.py", "8-kubernetes.yaml"],
    ]);
  });

  it("name rules that exist, and list the sources of their reasons", () => {
    const ids = pathRules.map(({ id }) => id);
    for (const { name, text } of [
      ...written(everyone, { repeatable: "yes", tls: "yes" }),
      ...written("java,holdfast"),
      ...written("js,java"),
    ]) {
      const rules = [...text.matchAll(/\brule ([a-z]{2}-\d\d)\b/g)].map(([, id]) => id);
      for (const id of rules) expect(ids, name).toContain(id);
      expect(text, name).toMatch(/(#|\/\/) Sources:\n/);
      expect(text, name).not.toMatch(/undefined|NaN|Infinity|\[object/);
    }
  });

  it("say what the application has to do, in every program", () => {
    for (const { name, text } of written("js,nginx,haproxy,go", { "longest-call": "endless" }))
      if (/(client|server)/.test(name))
        expect(text.replaceAll(/\n\/\/ /g, " "), name).toContain("End streams after 10m");
  });
});

describe("what hops say of each other", () => {
  it("a client asks half as often as the network forgets, and the server permits a quarter more", () => {
    expect(textOf("go,java", ".go", { idle: "60s" })).toContain("Time: 30 * time.Second,");
    expect(textOf("go,java", ".java", { idle: "60s" })).toContain(
      ".permitKeepAliveTime(23500L, TimeUnit.MILLISECONDS)",
    );
  });

  it("grpc-js asks nobody, and its server asks instead", () => {
    expect(textOf("js,python", ".mjs")).not.toContain('"grpc.keepalive_time_ms":');
    expect(textOf("js,python", ".py")).toContain('("grpc.keepalive_time_ms", 120000)');
  });

  it("Python gets the key that C-core reads, and the limit that stops PINGs taken off", () => {
    expect(textOf("python,python", "server.py")).toContain('"grpc.http2.min_ping_interval_without_data_ms"');
    expect(textOf("python,python", "client.py")).toContain('("grpc.http2.max_pings_without_data", 0)');
  });

  it("nginx and HAProxy let the kernel ask where nobody sends PINGs", () => {
    expect(textOf("go,nginx,nginx@1.22,go", "3-nginx.conf")).toContain("listen 50051 http2 so_keepalive=120s:5s:4;");
    expect(textOf("go,nginx,nginx,go", "2-nginx.conf")).not.toContain("so_keepalive");
    expect(textOf("js,haproxy,go", ".cfg", { idle: "60s" })).toContain("clitcpka-idle 30s");
    expect(textOf("go,haproxy,go", ".cfg")).not.toContain("clitcpka");
  });

  it("nginx gets the words of its version", () => {
    expect(textOf("go,nginx@1.22,go", ".conf")).toContain("listen 50051 http2;");
    expect(textOf("go,nginx@1.25.1,go", ".conf")).toContain("http2 on;");
    expect(textOf("go,nginx,go", ".conf")).toContain("http2 on;");
  });

  it("a server on Kubernetes leaves before it is killed", () => {
    const yaml = textOf("go,envoy,go,k8s", ".yaml", { "longest-call": "1m" });
    expect(yaml).toBe(textOf("go,envoy,go,k8s", "-envoy.yaml", { "longest-call": "1m" }));
    const pod = textOf("go,envoy,go,k8s", "kubernetes.yaml", { "longest-call": "1m" });
    const go = textOf("go,envoy,go,k8s", "server.go", { "longest-call": "1m" });
    const grace = Number(/terminationGracePeriodSeconds: (\d+)/.exec(pod)?.[1]);
    const [sleep, lame, drain] = [
      /sleep: { seconds: (\d+)/.exec(pod),
      /time\.Sleep\((\d+) /.exec(go),
      /AfterFunc\((\d+) /.exec(go),
    ].map((found) => Number(found?.[1]));
    expect(grace).toBeGreaterThanOrEqual((sleep ?? NaN) + (lame ?? NaN) + (drain ?? NaN) + 5);
  });

  it("a retry policy is there with --repeatable yes alone", () => {
    expect(textOf("go,go", "client.go")).not.toContain("retryPolicy");
    expect(textOf("go,go", "client.go", { repeatable: "yes" })).toContain('"maxAttempts": 4');
  });
});
