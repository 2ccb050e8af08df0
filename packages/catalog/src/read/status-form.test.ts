import { status } from "@holdfast/grpc";
import { describe, expect, it } from "vitest";
import { statusNames } from "../record/vocabulary.ts";
import { camel, lower, upper } from "./status-form.ts";

describe("the names of statuses", () => {
  it("are those of the library, in the order of their numbers", () => {
    expect(statusNames).toEqual(Object.keys(status));
    expect(Object.values(status)).toEqual(statusNames.map((_, number) => number));
  });

  it.each([
    [upper, ["CANCELLED", "CANCELED", "DEADLINE_EXCEEDED", "UNAUTHENTICATED"], ["OK", "DEADLINEEXCEEDED"]],
    [camel, ["Cancelled", "Canceled", "DeadlineExceeded", "DataLoss", "Unknown"], ["Ok", "Deadline_exceeded"]],
    [lower, ["cancelled", "canceled", "resource_exhausted"], ["ok", "UNKNOWN"]],
  ])("are spelt as in %s", (spelling, names, others) => {
    const whole = new RegExp(`^(?:${spelling})$`);
    expect(names.filter((name) => !whole.test(name))).toEqual([]);
    expect(others.filter((name) => whole.test(name))).toEqual([]);
    expect(spelling.split("|")).toHaveLength(statusNames.length - 1);
  });
});
