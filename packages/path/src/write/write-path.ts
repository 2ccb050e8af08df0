/** Writes a plan: a file for each hop, in the order of the path, and one for what the servers run on. */

import type { WritableKind } from "../facts/path-facts.ts";
import type { PathPlan } from "../plan/plan.ts";
import { writeAwsAlb } from "./aws-alb.ts";
import { writeAwsNlb } from "./aws-nlb.ts";
import { writeEnvoy } from "./envoy.ts";
import { writeGrpcCore } from "./grpc-core.ts";
import { writeGrpcGo } from "./grpc-go.ts";
import { writeGrpcJava } from "./grpc-java.ts";
import { writeGrpcJs } from "./grpc-js.ts";
import { writeHaproxy } from "./haproxy.ts";
import { writeHoldfast } from "./holdfast.ts";
import { writeKubernetes } from "./kubernetes.ts";
import { writeNginx } from "./nginx.ts";
import type { WriteJob } from "./sheet.ts";
import type { WrittenFile } from "./written-file.ts";

interface Writer {
  readonly write: (job: WriteJob) => string;
  /** Of the file, by the role of the hop. */
  readonly ending: string;
}

const writers: Readonly<Record<WritableKind, Writer>> = {
  "grpc-go": { write: writeGrpcGo, ending: ".go" },
  "grpc-core": { write: writeGrpcCore, ending: ".py" },
  "grpc-java": { write: writeGrpcJava, ending: ".java" },
  "grpc-js": { write: writeGrpcJs, ending: ".mjs" },
  holdfast: { write: writeHoldfast, ending: ".mjs" },
  nginx: { write: writeNginx, ending: ".conf" },
  envoy: { write: writeEnvoy, ending: ".yaml" },
  haproxy: { write: writeHaproxy, ending: ".cfg" },
  "aws-alb": { write: writeAwsAlb, ending: ".tf" },
  "aws-nlb": { write: writeAwsNlb, ending: ".tf" },
};

export function writePath(plan: PathPlan, sources: WriteJob["sources"]): readonly WrittenFile[] {
  const last = plan.facts.hops.length - 1;
  const files = plan.facts.hops.map(({ kind }, index): WrittenFile => {
    const { write, ending } = writers[kind];
    const role = index === 0 ? "-client" : index === last ? "-server" : "";
    const title = plan.path.hops[index]?.name ?? kind;
    return { target: kind, name: `${index + 1}-${kind}${role}${ending}`, title, text: write({ plan, index, sources }) };
  });
  if (plan.path.platform === undefined) return files;
  const text = writeKubernetes(plan, sources);
  return [...files, { target: "kubernetes", name: `${last + 2}-kubernetes.yaml`, title: "Kubernetes", text }];
}
