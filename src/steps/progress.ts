import type { Clock, Log } from '../base/ports.ts';
import { formatBytes } from '../report/format.ts';
import type { OnBytes } from '../transfer/fetch.ts';

const INTERVAL_MS = 5_000;

/** Says how far a long copy is, every five seconds; a short one passes in silence. */
export function reportProgress(verb: string, log: Log, clock: Clock): OnBytes {
  let last = clock().getTime();
  return (done, total) => {
    const now = clock().getTime();
    if (now - last < INTERVAL_MS || total === 0) return;
    last = now;
    log.info(`${verb} ${formatBytes(done)} of ${formatBytes(total)} (${Math.floor((100 * done) / total)} %)`);
  };
}
