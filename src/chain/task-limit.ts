/** Runs a task when there is room for it. */
export type TaskLimit = <T>(task: () => Promise<T>) => Promise<T>;

/** Room for `limit` tasks at a time, however many callers there are; the others wait in order. */
export function createTaskLimit(limit: number): TaskLimit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
