/** One line of a flight record: a frame that came or went, or a mark of the driver. */
export interface FrameNote {
  readonly atMs: number;
  readonly direction: "in" | "out";
  /** Frame type in the RFC's capitals, for instance `GOAWAY`; `FIN`, `RST`, `STALL` for what the driver marked. */
  readonly type: string;
  readonly streamId: number;
  /** Payload bytes. */
  readonly length: number;
  readonly flags: number;
  /** The error code of RST_STREAM and GOAWAY, the increment of WINDOW_UPDATE, the last stream id never. */
  readonly value: number;
}
