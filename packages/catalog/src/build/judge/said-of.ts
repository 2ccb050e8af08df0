/** What the gate asks of `explain`; it stands here because of all that builds the data only the judge may load what is judged. */

export { saidOf } from "../../explain/said-of.ts";
