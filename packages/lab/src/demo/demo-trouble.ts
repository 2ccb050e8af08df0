/** Owns the error of a demo that cannot be run or gone on with: not a lost call, but no judgement at all. */

/** The message is for the person at the screen; `detail` is what a child process said before it ended. */
export class DemoTrouble extends Error {
  override readonly name = "DemoTrouble";
  readonly detail: string;

  constructor(message: string, detail = "") {
    super(message);
    this.detail = detail;
  }
}
