import type { Repository } from '../image/reference.ts';
import type { ImageRule } from './image-rules.ts';
import { matchesPattern } from './pattern.ts';

/** An image that somebody lets break a rule, from a policy's `images.exceptions`. */
export interface ImageException {
  /** A pattern, or the whole text of a reference with a variable. */
  readonly image: string;
  readonly rule: ImageRule;
  readonly reason: string;
  /** YYYY-MM-DD, the last day (UTC) on which it holds. */
  readonly expires: string;
  /** Milliseconds since 1970 of the first instant at which it no longer holds. */
  readonly endsAt: number;
  /** The policies that state it. */
  readonly source: string;
}

/** What an exception is looked for by. */
export interface ExceptedUse {
  readonly rule: ImageRule;
  /** As the file has it. */
  readonly text: string;
  /** Undefined where the text names none. */
  readonly repository: Repository | undefined;
}

/** The exception that covers a finding, and those that did until they expired. */
export interface FoundImageException {
  readonly used: ImageException | undefined;
  readonly expired: readonly ImageException[];
}

/** Looks for the exceptions of an image and a rule; the first that still holds is used. */
export function findImageException(
  { rule, text, repository }: ExceptedUse,
  exceptions: readonly ImageException[],
  now: Date,
): FoundImageException {
  const matching = exceptions.filter(
    (exception) =>
      exception.rule === rule &&
      (exception.image === text || (repository !== undefined && matchesPattern(exception.image, repository))),
  );
  // Written so that a clock that tells no time lets nothing pass.
  const holds = ({ endsAt }: ImageException): boolean => now.getTime() < endsAt;
  return { used: matching.find(holds), expired: matching.filter((exception) => !holds(exception)) };
}
