/** The limit loop as it is, with ears for the bench's question. */
import { answerCpuQuestions } from "./cpu-questions.mjs";

process.argv[2] = "0";
await import("../limit/limit-server.mjs");
answerCpuQuestions();
