import { describe, expect, it } from "vitest";
import { StatusBoard } from "./status-board.ts";

function board() {
  const made = new StatusBoard();
  made.set("a", "SERVING");
  made.set("b", "UNKNOWN");
  return made;
}

const shown = (made: StatusBoard): unknown[] => ["", "a", "b", "nobody"].map((name) => made.shown(name));

describe("a board of statuses", () => {
  it("shows what was set, and the whole server as SERVING unless told otherwise", () => {
    const made = board();
    expect(shown(made)).toEqual(["SERVING", "SERVING", "UNKNOWN", undefined]);
    made.setAll("NOT_SERVING");
    expect(shown(made)).toEqual(["NOT_SERVING", "NOT_SERVING", "NOT_SERVING", undefined]);
    expect([made.told("nobody"), made.size]).toEqual(["SERVICE_UNKNOWN", 3]);
  });

  it("lets nothing serve that somebody holds, and remembers what was set meanwhile", () => {
    const made = board();
    const [one, other] = [{}, {}];
    made.hold("a", one, true);
    made.hold("a", other, true);
    made.set("a", "UNKNOWN");
    made.hold("a", one, false);
    expect(shown(made)).toEqual(["SERVING", "NOT_SERVING", "UNKNOWN", undefined]);
    made.hold("a", other, false);
    expect(shown(made)).toEqual(["SERVING", "UNKNOWN", "UNKNOWN", undefined]);
    made.holdAll(one, true);
    made.know("c");
    expect([...shown(made), made.shown("c")]).toEqual([
      ...["NOT_SERVING", "NOT_SERVING", "NOT_SERVING", undefined],
      "NOT_SERVING",
    ]);
    made.holdAll(one, false);
    expect([...shown(made), made.shown("c")]).toEqual(["SERVING", "UNKNOWN", "UNKNOWN", undefined, "SERVING"]);
  });

  it("never serves again once it leaves, whatever is set", () => {
    const made = board();
    made.leave();
    made.setAll("SERVING");
    made.know("new");
    expect([...shown(made), made.shown("new")]).toEqual([
      ...["NOT_SERVING", "NOT_SERVING", "NOT_SERVING", undefined],
      "NOT_SERVING",
    ]);
  });

  it("wakes those whom a change may concern, and forgets who went", () => {
    const made = board();
    const woken: string[] = [];
    const unwatch = ["", "a", "later"].map((name) => made.watch(name, { wake: () => woken.push(name) }));
    made.set("a", "NOT_SERVING");
    made.set("later", "SERVING");
    expect(woken.splice(0)).toEqual(["a", "later"]);
    made.holdAll({}, true);
    made.leave();
    expect(woken.splice(0)).toEqual(["", "a", "later", "", "a", "later"]);
    expect(made.watched).toBe(3);
    for (const end of [...unwatch, ...unwatch]) end();
    made.setAll("SERVING");
    expect([woken, made.watched]).toEqual([[], 0]);
  });
});
