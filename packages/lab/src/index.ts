/** The lab's public face: the scripted peer, the rows and churns of the scoreboard, the clients that it compares. */

export * from "./call-message.ts";
export * from "./churn/churn-load.ts";
export * from "./churn/churn-script.ts";
export * from "./churn/restart-style.ts";
export * from "./clients/client.ts";
export type { CallFailure, DriverOrder } from "./clients/driver.ts";
export * from "./clients/run-client.ts";
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
