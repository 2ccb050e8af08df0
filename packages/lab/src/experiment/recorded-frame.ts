/** Owns one step of a trial's recording: a frame, or an end of a connection, with its time. */

export interface RecordedFrame {
  /** Since the trial began. */
  readonly atMs: number;
  /** 1 for the first connection of the trial. */
  readonly connection: number;
  readonly from: "client" | "server";
  /** As in pictures: `GOAWAY(NO_ERROR, last=7)`, `HEADERS(1)`, `TCP FIN`. */
  readonly frame: string;
}
