import type { Log } from '../base/ports.ts';

/** A log of work that goes on beside other work: what it is told is kept until its turn has come, and passed on at once from then on. */
export interface HeldLog extends Log {
  /** Tells what was kept, in order; from now on nothing is. */
  release(): void;
}

/** Holds a log back, so that the lines of two steps do not mix. A secret is hidden at once all the same. */
export function holdLog(log: Log): HeldLog {
  let kept: (() => void)[] | undefined = [];
  const tell = (line: () => void): void => {
    if (kept === undefined) line();
    else kept.push(line);
  };
  return {
    debug: (message) => tell(() => log.debug(message)),
    info: (message) => tell(() => log.info(message)),
    warning: (message) => tell(() => log.warning(message)),
    group: (title, body) => {
      if (kept === undefined) return log.group(title, body);
      tell(() => log.info(title));
      return body();
    },
    mask: (secret) => log.mask(secret),
    release: () => {
      const lines = kept ?? [];
      kept = undefined;
      for (const line of lines) line();
    },
  };
}
