/**
 * The one place where the world touches the real event loop. A promise reaction can cause another without end in
 * sight; the only sign that all have run is that Node goes on to its next phase.
 */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
