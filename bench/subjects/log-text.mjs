/** Logs to read: lines of a busy service, the same ones at every run, and failures among them where they are asked for. */

const words = (
  "request completed user order handler cache lookup database query returned rows latency pool acquired released " +
  "session token validated scheduled worker started finished payload size path status response client server " +
  "healthy probe metrics flushed config reloaded connection stream opened order basket invoice stock"
).split(" ");

/** About `bytes` bytes of lines; `hitShare` of the lines report one of `failures`, in turns. */
export function logText({ bytes, hitShare, failures }) {
  const random = randomNumbers(20_261_121); // any seed will do, as long as it stays
  const lines = [];
  let written = 0;
  let hits = 0;
  for (let number = 0; written < bytes; number++) {
    const time = new Date(1_700_000_000_000 + number * 37).toISOString(); // some evening in 2023, 27 lines a second
    const isFailure = random() < hitShare;
    let line = `${time} ${isFailure ? "ERROR" : "INFO"} shop-${number % 9} [${Math.floor(random() * 100_000)}]`;
    for (let i = 8 + Math.floor(random() * 14); i > 0 && !isFailure; i--) {
      line += ` ${words[Math.floor(random() * words.length)]}`;
      if (random() < 0.2) line += `=${Math.floor(random() * 100_000)}`;
    }
    if (isFailure) line += ` ${failures[hits++ % failures.length]}`;
    lines.push(line);
    written += line.length + 1;
  }
  return `${lines.join("\n")}\n`;
}

/** Numbers from 0 to 1 by a linear congruence, with the constants of "Numerical Recipes". */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
