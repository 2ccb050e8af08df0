/** A body that is sent as fast as the endpoint's windows allow, RFC 9113 §6.9, however long that takes. */
import { fail } from "./expect.mjs";
import { setting, type } from "./frames.mjs";

/** RFC 9113 §6.9.2: what both windows start with, where SETTINGS do not say otherwise of a stream's. */
const firstWindow = 65_535;

/** The step. `frameOf(length, last)` makes a frame that counts for `length` octets, of which at most `most` are asked for. */
export const withinWindows = (streamId, total, most, frameOf) => async (table) => {
  const { wire } = table;
  const credit = (id) => wire.of(type.WINDOW_UPDATE, id).reduce((sum, { payload }) => sum + payload.readUInt32BE(0), 0);
  const initial = wire.announced().get(setting.INITIAL_WINDOW_SIZE) ?? firstWindow;
  let sent = 0;
  const room = () => Math.min(initial + credit(streamId), firstWindow + credit(0)) - sent;
  while (sent < total) {
    if (!(await wire.until(() => room() > 0))) fail("WINDOW_UPDATE", table);
    const length = Math.min(most, room(), total - sent);
    wire.send(frameOf(length, sent + length === total));
    sent += length;
  }
};
