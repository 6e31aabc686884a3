/** Base of every error this project throws on purpose: it means "we could not decide", never "refused". */
export class DomainError<Code extends string = string> extends Error {
  readonly code: Code;
  /** What the user should change; undefined when nothing on their side would help. */
  readonly hint: string | undefined;

  constructor(code: Code, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(redactUrls(message), 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint === undefined ? undefined : redactUrls(options.hint);
  }
}

/** Wrong use: every problem of the input at once, found before anything was written. */
export class UsageError extends DomainError<'USAGE'> {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('USAGE', problems.map((p) => `${p.where}: ${p.message} ${p.fix}`.trim()).join('\n'));
    this.problems = problems;
  }
}

/** One thing wrong with an input or a policy: where (`input source`, `policy.yml:3:5`), what, and the fix. */
export interface Problem {
  readonly where: string;
  readonly message: string;
  readonly fix: string;
}

/** Removes what may carry a secret from a URL inside a text: user info, query string and fragment. */
export function redactUrls(text: string): string {
  return text
    .replace(/:\/\/[^/\s]*@/g, '://')
    .replace(/:\/\/[^\s"'<>]*/g, (address) => address.replace(/[?#].*/s, ''))
    .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/g, '$1 ***');
}

/** The message of anything that was thrown, with those of its causes, outermost first. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let current = error;
  for (let depth = 0; current !== undefined && depth < 5; depth++) {
    const message = current instanceof Error ? current.message || current.name : String(current);
    if (!parts.some((part) => part.includes(message))) parts.push(redactUrls(message));
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join(': ');
}
