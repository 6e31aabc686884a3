/** Runs `task` over `items`, at most `limit` at a time, in order of start; the first failure stops the rest from starting and is thrown. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  task: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next++;
      try {
        results[index] = await task(items[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, work);
  const settled = await Promise.allSettled(workers);
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return results;
}

/** Runs tasks side by side. The first failure aborts the signal they were given; it is thrown once all have come to rest, so that nothing goes on behind the caller's back. */
export async function runTogether<const T extends readonly unknown[]>(
  outer: AbortSignal,
  start: (signal: AbortSignal) => { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const controller = new AbortController();
  const signal = AbortSignal.any([outer, controller.signal]);
  let failure: { readonly reason: unknown } | undefined;
  const tasks = start(signal).map((task) =>
    task.catch((reason: unknown) => {
      failure ??= { reason };
      controller.abort(reason);
      return undefined;
    }),
  );
  const results = await Promise.all(tasks);
  if (failure !== undefined) throw failure.reason;
  return results as unknown as T;
}
