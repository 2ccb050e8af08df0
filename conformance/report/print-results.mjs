/** Results as people read them: a table of sections and subjects, then what failed. */

/** @param results of every subject, in the order of the list */
export function printResults(results) {
  const columns = [...new Set(results.map(({ subject }) => subject))];
  for (const role of [...new Set(results.map((result) => result.role))]) {
    const ofRole = results.filter((result) => result.role === role);
    const sections = [...new Set(ofRole.map(({ section }) => section))];
    const rows = sections.map((section) => {
      const ofSection = ofRole.filter((result) => result.section === section);
      return [`§${section} ${ofSection[0].title}`, ...columns.map((name) => counts(ofSection, name))];
    });
    print([[`against ${role}s`, ...columns], ...rows, ["all", ...columns.map((name) => counts(ofRole, name))]]);
  }
  for (const { subject, id, fault } of results.filter(({ fault }) => fault !== undefined)) {
    console.log(`${subject} fails ${id}\n    ${fault}`);
  }
  for (const name of columns) printNotes(name, results);
}

export function printH2spec(runs) {
  for (const { subject, how, version, results } of runs) {
    const failing = results.filter(({ fault }) => fault !== undefined);
    const named = failing.length === 0 ? "" : `; not ${failing.map(({ id }) => id).join(", ")}`;
    console.log(
      `h2spec ${version}, ${subject}, ${how}: ${results.length - failing.length} of ${results.length} pass${named}`,
    );
  }
}

function counts(results, subject) {
  const own = results.filter((result) => result.subject === subject);
  if (own.length === 0) return "";
  return `${own.filter(({ fault }) => fault === undefined).length}/${own.length}`;
}

function printNotes(subject, results) {
  const notes = results.filter((result) => result.subject === subject).flatMap((result) => result.notes);
  for (const note of new Set(notes)) {
    console.log(`${subject}: ${notes.filter((other) => other === note).length} times "${note}", which was let pass`);
  }
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
  console.log();
}
