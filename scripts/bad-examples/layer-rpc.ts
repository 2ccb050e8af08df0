// As packages/grpc/src/rpc/x.ts
export { report } from "../report/termination-report.ts";
