/** One line about where figures come from. */
import os from "node:os";

export function machine() {
  const [first] = os.cpus();
  return `Node ${process.version}, ${os.cpus().length} × ${first?.model ?? "unknown processor"}, ${os.type()} ${os.release()}`;
}
