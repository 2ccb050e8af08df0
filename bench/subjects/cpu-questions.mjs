/** Lets the bench ask a server process for its CPU time: one JSON line for each line on standard input. */
export function answerCpuQuestions() {
  process.stdin.on("data", () => {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpuMicros: user + system }));
  });
  process.stdin.on("end", () => process.exit(0));
}
