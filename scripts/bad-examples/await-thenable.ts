export async function wait(count: number) {
  await count;
}
