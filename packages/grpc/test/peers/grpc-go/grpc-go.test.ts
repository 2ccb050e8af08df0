/** grpc-go, built from the sources beside this file with the versions that go.sum pins, as server and as client. */
import { afterAll, beforeAll } from "vitest";
import { describeWith } from "../echo/present.ts";
import { ourClientTalksTo } from "../echo/our-client.ts";
import { ourServerServes } from "../echo/our-server.ts";
import { type ServingPeer, servingPeer } from "../echo/peer-program.ts";
import { type BuiltPeer, buildGrpcGo, buildLimitMs } from "./build.ts";

describeWith("Go", ["go", "version"])("grpc-go", () => {
  let built: BuiltPeer;
  let serving: ServingPeer;
  beforeAll(async () => {
    built = await buildGrpcGo();
    serving = await servingPeer(built.program, "serve");
  }, buildLimitMs);
  afterAll(async () => {
    await serving.close();
    built.remove();
  });

  ourClientTalksTo(() => serving);
  ourServerServes(() => [built.program], "OK");
});
