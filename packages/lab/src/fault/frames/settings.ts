/** SETTINGS in the middle of a connection, as if the server had changed its mind. The client's ACK of it never reaches the server. */

import { flag, frameType, settingsFrame } from "../../peer/frame.ts";
import { defineFault } from "../define-fault.ts";
import { count, octets } from "../parameter.ts";
import { triggered, triggerParameters } from "../trigger.ts";

/** RFC 9113 §6.5.2. */
const ids = { tableBytes: 0x1, maxStreams: 0x3, windowBytes: 0x4, frameBytes: 0x5, headerListBytes: 0x6 } as const;

export const settings = defineFault({
  id: "settings",
  says: "Sends the client other SETTINGS.",
  parameters: {
    maxStreams: count("MAX_CONCURRENT_STREAMS", undefined, 0),
    windowBytes: octets("INITIAL_WINDOW_SIZE, which changes the windows of open streams, too", undefined, 0),
    tableBytes: octets("HEADER_TABLE_SIZE", undefined, 0),
    frameBytes: octets("MAX_FRAME_SIZE", undefined, 0),
    headerListBytes: octets("MAX_HEADER_LIST_SIZE", undefined, 0),
    ...triggerParameters,
  },
  attach: (values, connection) => {
    const told = new Map<number, number>();
    for (const [name, id] of Object.entries(ids)) {
      const value = values[name as keyof typeof ids];
      if (value !== undefined) told.set(id, value);
    }
    /** Whose SETTINGS the client has yet to acknowledge, in order (RFC 9113 §6.5.3). */
    const owed: ("server" | "fault")[] = [];
    const trigger = triggered(values, connection, () => {
      connection.inject("to-client", settingsFrame(told));
      owed.push("fault");
      connection.tell(`SETTINGS(${[...told].map(([id, value]) => `${nameOf(id)}=${value}`).join(", ")})`);
    });
    return {
      onFrame: (frame, direction) => {
        if (frame.type !== frameType.SETTINGS) return trigger.onFrame(frame, direction);
        const isAck = (frame.flags & flag.ACK) !== 0;
        if (direction === "to-client" && !isAck) owed.push("server");
        return direction === "to-server" && isAck && owed.shift() === "fault" ? "drop" : undefined;
      },
      onBytes: trigger.onBytes,
    };
  },
});

function nameOf(id: number): string {
  const names = [
    "",
    "HEADER_TABLE_SIZE",
    "ENABLE_PUSH",
    "MAX_CONCURRENT_STREAMS",
    "INITIAL_WINDOW_SIZE",
    "MAX_FRAME_SIZE",
  ];
  return names[id] ?? "MAX_HEADER_LIST_SIZE";
}
