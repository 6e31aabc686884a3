/** What was started, or is being started, and has to end. */
export interface Running {
  /** Takes what is being started, and gives it back. */
  keep<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T>;
  /** Ends all of it; what was still starting, as soon as it has. */
  close(): Promise<void>;
}

/** Makes a list with nothing in it. */
export function makeRunning(): Running {
  const all: Promise<{ close(): Promise<void> }>[] = [];
  return {
    keep(starting) {
      all.push(starting);
      return starting;
    },
    async close() {
      const started = await Promise.allSettled(all.splice(0));
      await Promise.all(started.map((end) => (end.status === 'fulfilled' ? end.value.close() : undefined)));
    },
  };
}
