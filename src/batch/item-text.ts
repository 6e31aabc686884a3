import { DomainError, describeError } from '../base/error.ts';
import { formatReference } from '../image/reference.ts';
import type { Outcome } from '../promote/outcome.ts';

/** Where a promotion goes: its first target, and how many more there are. */
export function nameTargets({ targets }: Pick<Outcome, 'targets'>): string {
  const [first, ...rest] = targets;
  const name = first === undefined ? 'nowhere' : formatReference(first.target);
  return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}

/** One thing that went wrong with a promotion. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Why a promotion was refused or failed, each reason; none when it went well. */
export function listTroubles({ result, refusals, error }: Outcome): Trouble[] {
  if (result === 'refused') return refusals.map(({ code, message, hint }) => ({ code, message, hint }));
  if (result !== 'failed') return [];
  return [describeFailure(error)];
}

/** An error as a reason. */
export function describeFailure(error: unknown): Trouble {
  const { code, hint } = error instanceof DomainError ? error : { code: 'FAILED', hint: undefined };
  return { code, message: describeError(error), hint };
}
