/** A server under test, as a process: `run-server.mjs SUBJECT OPTIONS` prints its port, then answers questions. */
import { answerCpuQuestions } from "./cpu-questions.mjs";

const [subject, options] = process.argv.slice(2);
const { serve } = await import(`./servers/${subject}.mjs`);
console.log(await serve(JSON.parse(options)));
answerCpuQuestions();
