import { describe, expect, it } from "vitest";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { problemText } from "./problem.ts";
import { readSources } from "./read-sources.ts";

const problemsOf = (...change: Parameters<typeof sampleFiles>) =>
  readSources(sampleFiles(...change)).problems.map(problemText);

describe("readSources", () => {
  it("reads every entry and question, by id, whatever the order of the files", () => {
    const { entries, questions, problems } = readSources(new Map([...sampleFiles()].reverse()));
    expect(problems).toEqual([]);
    expect(entries.map(({ id }) => id)).toEqual(["tcp/one", "tcp/two"]);
    expect(questions.map(({ id }) => id)).toEqual(["did-it"]);
    expect(entries[0]?.signatures[0]).toMatchObject({ rank: 1, whole: false, context: "none", role: "failure" });
  });

  it("leaves out an entry with a problem and keeps the others", () => {
    const { entries, brokenIds } = readSources(sampleFiles("entries/tcp/one/en.yaml", "closed_by", "closed"));
    expect(entries.map(({ id }) => id)).toEqual(["tcp/two"]);
    expect(brokenIds).toEqual(["tcp/one"]);
    expect(readSources(sampleFiles("entries/tcp/one/zh.yaml", "  again: {", "  agian: {")).brokenIds).toEqual([
      "tcp/one",
    ]);
  });

  it("lists all problems of all files, not the first", () => {
    const files = new Map(sampleFiles("entries/tcp/one/entry.yaml", "resolvable: true", "resolvable: perhaps"));
    files.set("entries/tcp/two/zh.yaml", "- nothing");
    files.set("questions/did-it.yaml", "asks: x");
    expect(new Set(readSources(files).problems.map(({ file }) => file))).toEqual(
      new Set(["entries/tcp/one/entry.yaml", "entries/tcp/two/zh.yaml", "questions/did-it.yaml"]),
    );
  });
});

describe("a problem", () => {
  const entry = "entries/tcp/one/entry.yaml";
  const signatures = "entries/tcp/one/signatures.yaml";

  it("names file, line, field and what was expected", () => {
    expect(problemsOf(entry, "category: network_error", "category: bad_luck")).toEqual([
      expect.stringMatching(
        /^entries\/tcp\/one\/entry\.yaml:1: category: Invalid option: expected one of "network_error"/,
      ),
    ]);
    expect(problemsOf(entry, "origin: observed, sources: [lab] }\nprocessed", "sources: [lab] }\nprocessed")).toEqual([
      expect.stringMatching(/entry\.yaml:6: cause\.origin: Invalid option/),
    ]);
    expect(problemsOf(entry, "frame: HEADERS", "frame: 7")).toEqual([
      expect.stringMatching(/entry\.yaml:9: wire\[0\]\.frame: Invalid input: expected string/),
    ]);
  });

  it("of a union says what each branch expected", () => {
    expect(problemsOf(entry, "resolvable: true", "resolvable: perhaps")).toEqual([
      expect.stringMatching(/:5: resolvable: .*expected boolean.*, or .*expected "partial"/),
    ]);
  });

  it("of a field that the schema does not know names the field", () => {
    expect(problemsOf(entry, "tags: []", "tag: []")).toEqual(
      expect.arrayContaining([expect.stringContaining('Unrecognized key: "tag"')]),
    );
  });

  it("of YAML itself has its line", () => {
    expect(problemsOf(entry, "tags: []", "tags: [")).toEqual(
      expect.arrayContaining([expect.stringMatching(/entry\.yaml:2\d: /)]),
    );
    expect(problemsOf(entry, "tags: []", "tags: []\ntags: []")).toEqual([
      expect.stringMatching(/Map keys must be unique/),
    ]);
  });

  it("of a template says what is wrong with it", () => {
    expect(problemsOf(signatures, 'text: "Stream {int} was lost"', 'text: "Stream {number} was lost"')).toEqual([
      expect.stringMatching(/signatures\.yaml:3: \[0\]\.text: template/),
    ]);
  });

  it("is a file that is missing, and one that belongs nowhere", () => {
    const files = new Map(sampleFiles());
    files.delete("entries/tcp/two/zh.yaml");
    files.set("entries/tcp/two/notes.yaml", "");
    expect(readSources(files).problems.map(problemText)).toEqual([
      "entries/tcp/two/notes.yaml: expected entries/<domain>/<slug>/{entry,en,zh,signatures}.yaml, measured.json there, or questions/<slug>.yaml",
      "entries/tcp/two/zh.yaml: the file is missing",
    ]);
  });

  it("is a title over 90 characters and a question with one answer", () => {
    expect(problemsOf("entries/tcp/one/en.yaml", "One happened", "x".repeat(91))).toHaveLength(1);
    expect(problemsOf("questions/did-it.yaml", '  "no": { en: It did not., zh: 不是。, fits: [tcp/two] }\n')).toEqual([
      expect.stringContaining("answers: at least two answers"),
    ]);
  });
});

describe("the words of both languages", () => {
  const zh = "entries/tcp/one/zh.yaml";

  it("hang on the same claims", () => {
    expect(problemsOf(zh, "  again: {", "  agian: {")).toEqual([
      `${zh}: workarounds.again: expected words for this claim of entry.yaml`,
      `${zh}: workarounds.agian: no claim of entry.yaml has this id`,
    ]);
    expect(
      problemsOf(
        "entries/tcp/one/entry.yaml",
        "- { id: wait, origin: unverified, sources: [] }",
        "- { id: wait, origin: unverified, sources: [] }\n  - { id: wait, origin: unverified, sources: [] }",
      ),
    ).toEqual(["entries/tcp/one/entry.yaml: dead_ends: wait: the id stands there twice"]);
  });

  it("say as much as each other", () => {
    expect(problemsOf(zh, ", how: 两次。")).toEqual([
      `${zh}: workarounds.again.how: en.yaml has it, so expected here too`,
    ]);
    expect(problemsOf("entries/tcp/one/en.yaml", ", condition: Once only.")).toEqual([
      `${zh}: workarounds.again.condition: en.yaml has no such field`,
    ]);
    expect(problemsOf(zh, "run: tshark", "run: wireshark")).toEqual([
      `${zh}: be_sure[0].run: expected the same as in en.yaml`,
    ]);
    expect(problemsOf("entries/tcp/one/en.yaml", "be_sure:", "be_sure:\n  - { say: More. }")).toEqual([
      `${zh}: be_sure: expected 2 steps as in en.yaml, found 1`,
    ]);
  });

  it("lose the blanks that folding leaves between Chinese characters, and only those", () => {
    const files = sampleFiles(zh, "cause: 它事先说过。", "cause: >-\n  它说过，\n  在 Go 里\n  再说 一次。");
    expect(readSources(files).entries[0]?.zh.cause).toBe("它说过，在 Go 里再说一次。");
  });
});
