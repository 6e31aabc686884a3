import { DomainError } from '../../base/error.ts';

/** A signal that ends a run from outside: cancelled by the runner, or out of time. */
export interface Cancel {
  readonly signal: AbortSignal;
  /** Starts the clock; what is still under way after `milliseconds` is aborted. */
  setDeadline(milliseconds: number, text: string): void;
  release(): void;
}

/** The run was ended from outside before it could decide. */
export class CancelError extends DomainError<'CANCELLED' | 'TIMEOUT'> {}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** A longer timer would fire at once; https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A runner that cancels a job sends SIGINT, then SIGTERM: both abort the run, which stops its children and ends as failed. */
export function listenForCancel(): Cancel {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const abort = (name: NodeJS.Signals): void => controller.abort(new CancelError('CANCELLED', `cancelled by ${name}`));
  for (const name of SIGNALS) process.on(name, abort);
  return {
    signal: controller.signal,
    setDeadline: (milliseconds, text) => {
      const error = new CancelError('TIMEOUT', `it took longer than the timeout of ${text}`, {
        hint: 'Give timeout a longer duration, or look for what is slow in the log.',
      });
      timer = setTimeout(() => controller.abort(error), Math.min(milliseconds, MAX_TIMER_MS));
    },
    release: () => {
      clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, abort);
    },
  };
}
