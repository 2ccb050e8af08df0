/** RFC 9113 §6.6 and §8.4: a client that said SETTINGS_ENABLE_PUSH = 0 gets no pushed streams. */
import { fail, send } from "../wire/expect.mjs";
import { data, frame, headers, pushPromise, setting, type, uint32 } from "../wire/frames.mjs";
import { answer, breaks, called, delivered, ok } from "./steps.mjs";

const promised = [
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/pushed"],
  [":authority", "localhost"],
];
const refusesPush = ({ wire }) => wire.announced().get(setting.ENABLE_PUSH) === 0;

/** To a client that allows push, a promise is no error: it takes it or resets it, and the call goes on. */
const unlessAllowed = (step) => async (table) => {
  if (refusesPush(table)) return step(table);
  table.wire.send(answer(1));
  if ((await table.calls[0]).kind !== "answered") fail("the answer to be delivered: the client allows push", table);
};

export default {
  section: "8.4",
  title: "server push",
  cases: [
    {
      sent: "PUSH_PROMISE on the call's stream",
      required: "a connection error PROTOCOL_ERROR where SETTINGS_ENABLE_PUSH is 0 (§6.6)",
      run: called(send(pushPromise(1, 2, promised)), unlessAllowed(breaks("PROTOCOL_ERROR"))),
    },
    {
      sent: "PUSH_PROMISE and the pushed answer before the call's own",
      required: "a connection error PROTOCOL_ERROR where SETTINGS_ENABLE_PUSH is 0 (§6.6, §8.4)",
      run: called(
        send(pushPromise(1, 2, promised), headers(2, ok), data(2, "pushed", { end: true })),
        unlessAllowed(breaks("PROTOCOL_ERROR")),
      ),
    },
    {
      sent: "PUSH_PROMISE after HEADERS of the answer",
      required: "a connection error PROTOCOL_ERROR where SETTINGS_ENABLE_PUSH is 0 (§6.6)",
      run: called(send(headers(1, ok), pushPromise(1, 2, promised)), async (table) => {
        if (refusesPush(table)) return breaks("PROTOCOL_ERROR")(table);
        table.wire.send(data(1, "hello", { end: true }));
        await delivered()(table);
      }),
    },
    {
      sent: "PUSH_PROMISE on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.6)",
      run: called(send(pushPromise(0, 2, promised)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "PUSH_PROMISE of an odd stream",
      required: "a connection error PROTOCOL_ERROR (§6.6, §5.1.1)",
      run: called(send(pushPromise(1, 3, promised)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "PUSH_PROMISE on an idle stream",
      required: "a connection error PROTOCOL_ERROR (§6.6)",
      run: called(send(pushPromise(7, 2, promised)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "PUSH_PROMISE of stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.6)",
      run: called(send(pushPromise(1, 0, promised)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "PUSH_PROMISE of two octets",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR (§4.2, §6.6)",
      run: called(
        send(frame(type.PUSH_PROMISE, 0x4, 1, Buffer.alloc(2))),
        breaks("FRAME_SIZE_ERROR", "PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "PUSH_PROMISE with padding longer than the frame",
      required: "a connection error PROTOCOL_ERROR (§6.6)",
      run: called(
        send(frame(type.PUSH_PROMISE, 0xc, 1, Buffer.concat([Buffer.from([99]), uint32(2)]))),
        breaks("PROTOCOL_ERROR", "FRAME_SIZE_ERROR"),
      ),
    },
  ],
};
