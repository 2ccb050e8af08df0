/**
 * `@holdfast/grpc/watch`: what a bystander sees of HTTP/2. Bytes of both directions in, decoded frames and lines out; pure,
 * so that a relay, a diagnosis and a simulated world can use the same.
 */

export { ConnectionWatcher, type ConnectionWatcherOptions } from "./connection-watcher.ts";
export { frameLine } from "./frame-line.ts";
export type { UnfinishedFrame } from "./frame-scanner.ts";
export { inspectTable } from "./inspect-table.ts";
export type {
  AddressInspection,
  ChannelInspection,
  ConnectionInspection,
  InspectOptions,
  ServerInspection,
} from "./inspection.ts";
export { maskField } from "./mask-field.ts";
export { StreamBook, type StreamBeginning, type StreamEnding } from "./stream-book.ts";
export { streamLine } from "./stream-line.ts";
export type { FrameSender, WatchedField, WatchedFrame, WatchedPriority, WatchedSetting } from "./watched-frame.ts";
