/** Which nginx is here: what is written for it depends on that. */
import { spawnSync } from "node:child_process";

/** `1.22.1` */
export function nginxVersion(): string {
  const { stderr } = spawnSync("nginx", ["-v"], { encoding: "utf8" });
  return /nginx\/([\d.]+)/.exec(stderr)?.[1] ?? "1.29";
}
