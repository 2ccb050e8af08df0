async function work() {}

export function start() {
  work();
}
