/**
 * The lab's public face: faults between a client and a server in tests of your own; the scripted peer, the rows and churns of
 * the scoreboard, the clients that it compares.
 */

export * from "./call-message.ts";
export * from "./churn/churn-load.ts";
export * from "./churn/churn-script.ts";
export * from "./churn/restart-style.ts";
export * from "./clients/client.ts";
export type { CallFailure, DriverOrder } from "./clients/driver.ts";
export * from "./clients/run-client.ts";
export { dnsFaults } from "./fault/dns/dns-faults.ts";
export type { DnsAnswer, DnsFault, DnsQuestion } from "./fault/dns/dns-fault.ts";
export { DnsServer, type DnsServerOptions } from "./fault/dns/dns-server.ts";
export { type Fault } from "./fault/fault.ts";
export { faults } from "./fault/faults.ts";
export { blockableArguments } from "./fault/process/block-event-loop.ts";
export { processFaults } from "./fault/process/process-faults.ts";
export type { AllowedCounts, CallCount } from "./lab/call-count.ts";
export { type Lab, lab, type LabOptions } from "./lab/lab.ts";
export type { LabCall, RunOptions } from "./lab/make-calls.ts";
export * from "./peer/certificate.ts";
export type { CodeName } from "./peer/frame.ts";
export * from "./peer/ledger.ts";
export * from "./peer/peer.ts";
export * from "./peer/peer-call.ts";
export * from "./peer/peer-connection.ts";
export * from "./peer/peer-script.ts";
export * from "./rows/row.ts";
export * from "./rows/rows.ts";
export * from "./score/cell.ts";
export * from "./score/promises.ts";
export * from "./score/score-record.ts";
