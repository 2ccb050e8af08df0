/**
 * `@holdfast/grpc/sim`: a network in one thread and virtual time, for tests that need deploys, partitions and idle
 * timeouts by the thousand. `world.test.ts` shows the kit at work.
 */

export { createWorld, type RunLimit, type World, type WorldOptions } from "./world.ts";
export { worldBeginsMs, type SimHost } from "./host.ts";
export type { CertificateOptions, CertificateText } from "./certificate.ts";
export type { Dns } from "./dns.ts";
export type { Direction, Link } from "./link.ts";
export type { KernelOptions } from "./machine.ts";
export { createRandom, type Random } from "./random.ts";
