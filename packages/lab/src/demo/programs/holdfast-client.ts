/** A program: the demo's client on Holdfast. */

import { createChannel, StatusError } from "@holdfast/grpc";
import { Shop } from "../../shop/index.ts";
import { serviceConfig } from "../demo-plan.ts";
import { runLoad } from "./load.ts";

await runLoad(({ target, caPem }) => {
  const channel = createChannel(target, {
    serviceConfig,
    ...(caPem === undefined ? {} : { tls: { ca: caPem } }),
  });
  const shop = channel.client(Shop);
  return {
    call: async (method, id, timeoutMs) => {
      const answer =
        method === "Read"
          ? await shop.read({ id }, { timeoutMs })
          : await shop.write({ id, item: { id } }, { timeoutMs });
      return answer.id;
    },
    failureOf: (thrown) => {
      const error = StatusError.from(thrown);
      const { codeName: code, processed, report, text } = error;
      return { code, processed, text: report?.summary ?? text, error: error.toJSON() };
    },
  };
});
