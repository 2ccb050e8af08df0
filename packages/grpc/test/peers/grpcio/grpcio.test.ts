/** grpcio, which is gRPC's C core, as server and as client. HOLDFAST_PYTHON names a Python that has it. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { ourClientTalksTo } from "../echo/our-client.ts";
import { ourServerServes } from "../echo/our-server.ts";
import { type ServingPeer, servingPeer } from "../echo/peer-program.ts";
import { describeWith } from "../echo/present.ts";

/** Debian's own, whose package python3-grpcio reaches no other Python. */
const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";
const peer = fileURLToPath(new URL("peer.py", import.meta.url));

describeWith("grpcio", [python, "-c", "import grpc"])("grpcio", () => {
  let serving: ServingPeer;
  beforeAll(async () => {
    serving = await servingPeer(python, peer, "serve");
  });
  afterAll(() => serving.close());

  ourClientTalksTo(() => serving);
  ourServerServes(() => [python, peer], "OK");
});
