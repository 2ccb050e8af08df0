/**
 * Programs of other people that the `peers` suite talks to, with the Debian package that brings each. CI requires all of them:
 * a peer that is quietly absent proves nothing.
 */
import { spawnSync } from "node:child_process";

/** Debian's own Python, because its packages do not reach any other Python on the machine. */
const debianPython = "/usr/bin/python3";

/** `probe` ends with 0 when the program is there. */
export const peers = [
  { name: "nghttp", package: "nghttp2-client", probe: ["nghttp", "--version"] },
  { name: "h2load", package: "nghttp2-client", probe: ["h2load", "--version"] },
  { name: "nghttpd", package: "nghttp2-server", probe: ["nghttpd", "--version"] },
  { name: "curl with HTTP/2", package: "curl", probe: ["sh", "-c", "curl --version | grep -q HTTP2"] },
  { name: "tshark", package: "tshark", probe: ["tshark", "--version"] },
  { name: "Python's hpack", package: "python3-hpack", probe: [debianPython, "-c", "import hpack"] },
  // For grpc-go: Go 1.21 fetches the version that a module asks for.
  {
    name: "Go 1.21 or later",
    package: "golang-go",
    probe: ["sh", "-c", "go version | grep -Eq 'go1[.](2[1-9]|[3-9][0-9])'"],
  },
  { name: "Chromium", package: "chromium", probe: ["/usr/bin/chromium", "--version"] },
  { name: "Redis", package: "redis-server", probe: ["redis-server", "--version"] },
  { name: "nginx", package: "nginx-light", probe: ["nginx", "-v"] },
  { name: "HAProxy", package: "haproxy", probe: ["haproxy", "-v"] },
  { name: "grpcio", package: "python3-grpcio", probe: [debianPython, "-c", "import grpc"] },
];

export function missingPeers() {
  return peers.filter(({ probe: [program, ...args] }) => spawnSync(program, args, { stdio: "ignore" }).status !== 0);
}

/** Installs what is missing where that is possible: as root, on a Debian. Says what it does; `missingPeers` judges. */
export function installPeers() {
  const packages = [...new Set(missingPeers().map((peer) => peer.package))];
  const apt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (packages.length === 0 || !apt || process.getuid?.() !== 0) return;
  console.log(`peers: installing ${packages.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { stdio: ["ignore", "ignore", "inherit"], env };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options);
}
