async function ready() {
  return true;
}

export const answer = () => (ready() ? 1 : 2);
