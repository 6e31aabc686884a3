import { DomainError, UsageError } from './error.ts';

/** The same error, its causes included, without secrets in what it says; its class is what callers tell it by, so it is changed in place. */
export function redactError(error: unknown, redact: (text: string) => string): unknown {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 8; depth++) {
    setText(current, 'message', redact(current.message));
    if (current.stack !== undefined) setText(current, 'stack', redact(current.stack));
    if (current instanceof DomainError && current.hint !== undefined) setText(current, 'hint', redact(current.hint));
    if (current instanceof UsageError) {
      const problems = current.problems.map(({ where, message, fix }) => ({
        ...{ where: redact(where), message: redact(message), fix: redact(fix) },
      }));
      setText(current, 'problems', problems);
    }
    current = current.cause;
  }
  return typeof error === 'string' ? redact(error) : error;
}

function setText(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, configurable: true, writable: true, enumerable: false });
}
