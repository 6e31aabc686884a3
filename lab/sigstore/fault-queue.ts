/** Where a test puts faults in, and sees what came by. */
export interface FaultPoint<Fault extends string> {
  /** The next `times` requests (default 1; Infinity for all to come) meet this fault, after those of earlier calls. */
  fail(fault: Fault, times?: number): void;
  /** Takes back what is still to come. */
  clear(): void;
  /** `METHOD path status` of every request up to now, in the order of their ends; status 0 where no answer was sent. */
  requests(): readonly string[];
}

/** A fault point, seen from the server it belongs to. */
export interface FaultQueue<Fault extends string> extends FaultPoint<Fault> {
  /** What the request at hand meets. */
  take(): Fault | undefined;
  note(request: { readonly method?: string | undefined; readonly url?: string | undefined }, status: number): void;
}

/** Makes a queue with nothing in it. */
export function makeFaultQueue<Fault extends string>(): FaultQueue<Fault> {
  const coming: { readonly fault: Fault; left: number }[] = [];
  const seen: string[] = [];
  return {
    fail: (fault, times = 1) => void coming.push({ fault, left: times }),
    clear: () => void coming.splice(0),
    requests: () => [...seen],
    take() {
      while (coming[0]?.left === 0) coming.shift();
      const next = coming[0];
      if (next !== undefined) next.left--;
      return next?.fault;
    },
    note: ({ method, url = '' }, status) => void seen.push(`${method} ${url.split('?')[0]} ${status}`),
  };
}
