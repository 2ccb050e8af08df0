// As packages/holdfast/src/x.ts
import { startPeer } from "@holdfast/lab";

export const x = startPeer;
