import { formatReference } from '../image/reference.ts';
import type { PromoteResult } from '../promote/outcome.ts';
import type { ItemOutcome } from './outcome.ts';

/** One entry of the output `images`. */
export interface ImageOutput {
  readonly target: string;
  /** Empty when the source was not resolved. */
  readonly digest: string;
  readonly result: PromoteResult;
  readonly code?: string;
}

/** What became of every target of every promotion, in the order of the file. */
export function listImages(items: readonly ItemOutcome[]): ImageOutput[] {
  return items.flatMap(({ outcome }) =>
    outcome.targets.map(({ target, result, code }) => ({
      ...{ target: formatReference(target), digest: outcome.pinned?.digest ?? '', result },
      ...(code === undefined ? {} : { code }),
    })),
  );
}
