import { DomainError } from '../../base/error.ts';

/** A signal that ends a run from outside: cancelled by the runner, or out of time. */
export interface Cancel {
  readonly signal: AbortSignal;
  /** Fires with `signal`, but while something is held: then when that is done, or after a few seconds. */
  readonly cut: AbortSignal;
  /** Starts the clock; what is still under way after `milliseconds` is aborted. */
  setDeadline(milliseconds: number, text: string): void;
  /** See PromotePorts.hold. */
  readonly hold: <T>(work: (cut: AbortSignal) => Promise<T>) => Promise<T>;
  release(): void;
}

/** The run was ended from outside before it could decide. */
export class CancelError extends DomainError<'CANCELLED' | 'TIMEOUT'> {}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** A longer timer would fire at once; https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** A runner kills what still lives 10 s after its first signal; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation */
const GRACE_MS = 5_000;

/** A runner that cancels a job sends SIGINT, then SIGTERM: both abort the run, which stops its children and ends as failed. */
export function listenForCancel(graceMs: number = GRACE_MS): Cancel {
  const [asked, cutting] = [new AbortController(), new AbortController()];
  let held = 0;
  let deadline: NodeJS.Timeout | undefined;
  let grace: NodeJS.Timeout | undefined;
  const cutOff = (): void => cutting.abort(asked.signal.reason);
  const abort = (reason: CancelError): void => {
    if (asked.signal.aborted) return;
    asked.abort(reason);
    if (held === 0) cutOff();
    else grace = setTimeout(cutOff, graceMs);
  };
  const onSignal = (name: NodeJS.Signals): void => abort(new CancelError('CANCELLED', `cancelled by ${name}`));
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: asked.signal,
    cut: cutting.signal,
    setDeadline: (milliseconds, text) => {
      const error = new CancelError('TIMEOUT', `it took longer than the timeout of ${text}`, {
        hint: 'Give timeout a longer duration, or look for what is slow in the log.',
      });
      deadline = setTimeout(() => abort(error), Math.min(milliseconds, MAX_TIMER_MS));
    },
    async hold(work) {
      held += 1;
      try {
        return await work(cutting.signal);
      } finally {
        held -= 1;
        if (held === 0 && asked.signal.aborted) cutOff();
      }
    },
    release: () => {
      for (const timer of [deadline, grace]) clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, onSignal);
      // A runner's second signal must not end a process that told how it ended and is on its way out.
      if (asked.signal.aborted) for (const name of SIGNALS) process.once(name, () => undefined);
    },
  };
}
