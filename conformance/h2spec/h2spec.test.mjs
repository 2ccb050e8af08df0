/** The report that h2spec leaves. */
import { expect, it } from "vitest";
import { readReport } from "./h2spec.mjs";

it("is read case by case, numbered inside its section, with what went wrong", () => {
  const xml = `<testsuites><testsuite name="5.3.1." package="http2/5.3.1" tests="2">
    <testcase package="http2/5.3.1" classname="Sends one" time="0.1"></testcase>
    <testcase package="http2/5.3.1" classname="Sends two" time="2.0">
      <error>GOAWAY Frame
Timeout</error>
    </testcase></testsuite></testsuites>`;
  expect(readReport(xml)).toEqual([
    { id: "http2/5.3.1/1", words: "Sends one", fault: undefined },
    { id: "http2/5.3.1/2", words: "Sends two", fault: "Timeout" },
  ]);
});
