import type { Log } from '../../base/ports.ts';
import { stripControl } from '../../base/text.ts';
import { cleanLine } from '../machine/clean-line.ts';
import type { Redactor } from '../machine/redactor.ts';

/** A log on a terminal: what it is told goes to `write`, warnings always to standard error. The same cleaning as on a runner: nothing moves the cursor, nothing shows a secret that was masked. */
export function createCliLog(redactor: Redactor, write: (text: string) => void): Log {
  const clean = (text: string): string => cleanLine(redactor.redact(stripControl(text)));
  return {
    debug: () => undefined,
    info: (message) => write(`${clean(message)}\n`),
    warning: (message) => void process.stderr.write(`Warning: ${clean(message)}\n`),
    group: (title, body) => {
      write(`${clean(title)}\n`);
      return body();
    },
    mask: (secret) => void redactor.add(secret),
  };
}
