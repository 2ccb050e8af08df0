/** All faults of a connection: by name for programs, and as a table for the command line and the documentation. */

import { bandwidth } from "./bytes/bandwidth.ts";
import { blackHole } from "./bytes/black-hole.ts";
import { delay } from "./bytes/delay.ts";
import { drop } from "./bytes/drop.ts";
import { fin } from "./bytes/fin.ts";
import { halfOpen } from "./bytes/half-open.ts";
import { limitBytes } from "./bytes/limit-bytes.ts";
import { rst } from "./bytes/rst.ts";
import { slice } from "./bytes/slice.ts";
import type { FaultFacts } from "./define-fault.ts";
import { goaway } from "./frames/goaway.ts";
import { headersOnly } from "./frames/headers-only.ts";
import { htmlAnswer } from "./frames/html-answer.ts";
import { informational } from "./frames/informational.ts";
import { pingFlood } from "./frames/ping-flood.ts";
import { pingIgnored } from "./frames/ping-ignored.ts";
import { pingLate } from "./frames/ping-late.ts";
import { rstStream } from "./frames/rst-stream.ts";
import { settings } from "./frames/settings.ts";
import { trailersMissing } from "./frames/trailers-missing.ts";
import { trailersWrong } from "./frames/trailers-wrong.ts";
import { windowStarved } from "./frames/window-starved.ts";
import { expired } from "./tls/expired.ts";
import { handshakeHangs } from "./tls/handshake-hangs.ts";
import { noAlpn } from "./tls/no-alpn.ts";
import { plaintext } from "./tls/plaintext.ts";
import { wrongName } from "./tls/wrong-name.ts";

/** `faults.goaway({ after: 97, code: 11 })`: each takes its settings and gives a `Fault`. */
export const faults = {
  goaway,
  rstStream,
  settings,
  pingIgnored,
  pingLate,
  pingFlood,
  trailersMissing,
  trailersWrong,
  htmlAnswer,
  informational,
  headersOnly,
  windowStarved,
  fin,
  rst,
  halfOpen,
  blackHole,
  delay,
  bandwidth,
  slice,
  drop,
  limitBytes,
  expired,
  wrongName,
  noAlpn,
  handshakeHangs,
  plaintext,
} as const;

/** In the order in which they are listed. */
export const faultTable: readonly FaultFacts[] = Object.values(faults).map(({ facts }) => facts);
