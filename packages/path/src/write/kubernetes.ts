/** Writes what the servers run in: a Deployment, a headless Service and a PodDisruptionBudget. */

import type { Platform } from "../hops/path.ts";
import type { PathPlan } from "../plan/plan.ts";
import { Sheet, type WriteJob } from "./sheet.ts";

export function writeKubernetes(plan: PathPlan, sources: WriteJob["sources"]): string {
  const { platform = {} } = plan.path;
  const sheet = new Sheet("#", plan.platformReasons, sources);
  sheet.comment("", `Servers of this path: ${plan.path.hops.map(({ name }) => name).join(", ")}.`);
  sheet.comment("", "Test it with: kubectl apply --dry-run=server -f FILE");
  const rolling = plan.facts.deploys === "rolling";
  const surge = rolling ? ["    rollingUpdate:", "      maxSurge: 1", "      maxUnavailable: 0"] : [];
  sheet.add(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: ${platform.replicas ?? 1}
  selector:
    matchLabels: { app: shop }
  strategy:`);
  if (rolling)
    sheet.why("    type: RollingUpdate", "a new server serves before an old one leaves", "kubernetes", "dr-14");
  else sheet.add("    type: Recreate");
  sheet.add(...surge, "  template:", "    metadata:", "      labels: { app: shop }", "    spec:");
  sheet.set(`      terminationGracePeriodSeconds: ${Math.ceil((platform.graceMs ?? 0) / 1_000)}`, "platform.graceMs");
  sheet.add(`      containers:
        - name: shop
          image: shop.example/shop:1
          ports:
            - { name: grpc, containerPort: 50051 }
          lifecycle:
            preStop:`);
  sheet.comment("              ", "Kubernetes 1.30 sleeps by itself; before that: exec, with the image's own sleep.");
  sheet.set(`              sleep: { seconds: ${Math.ceil((platform.preStopMs ?? 0) / 1_000)} }`, "platform.preStopMs");
  sheet.why(
    "          readinessProbe:",
    "a server that says NOT_SERVING gets no new connections",
    "grpc-health",
    "dr-13",
  );
  sheet.add("            grpc: { port: 50051 }", "            periodSeconds: 5", "            failureThreshold: 2");
  sheet.why(
    "          livenessProbe:",
    "it asks for the connection alone: a server that drains must not be killed for saying so",
    "kubernetes",
    "dr-01",
  );
  sheet.add(`            tcpSocket: { port: 50051 }
            periodSeconds: 10
            failureThreshold: 3`);
  writeService(sheet, platform);
  return sheet.text();
}

function writeService(sheet: Sheet, platform: Platform): void {
  sheet.add(`---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:`);
  sheet.set("  clusterIP: None", "platform.oneAddress");
  sheet.add(`  selector: { app: shop }
  ports:
    - { name: grpc, port: 50051, targetPort: grpc, appProtocol: kubernetes.io/h2c }`);
  if ((platform.replicas ?? 1) > 1) {
    sheet.add("---", "apiVersion: policy/v1", "kind: PodDisruptionBudget", "metadata:", "  name: shop", "spec:");
    sheet.why("  maxUnavailable: 1", "nodes that are drained take one server at a time", "kubernetes", "dr-14");
    sheet.add("  selector:", "    matchLabels: { app: shop }");
  }
}
