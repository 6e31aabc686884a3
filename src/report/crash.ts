import { DomainError, describeError, UsageError } from '../base/error.ts';
import { escapeMarkdown } from './escape.ts';
import { joinBlocks, renderAlert, renderHeading, renderList } from './markdown.ts';

/** The job summary of what ended before a promotion began: every problem with its fix, or the error. */
export function renderCrash(error: unknown): string {
  const untouched = 'Nothing was read from or written to a registry.';
  if (error instanceof UsageError) {
    const problems = error.problems.map(
      ({ where, message, fix }) => `**${escapeMarkdown(where)}** ${escapeMarkdown(message)} ${escapeMarkdown(fix)}`,
    );
    return `${joinBlocks([renderHeading(2, 'Not started: wrong use'), renderList(problems), untouched])}\n`;
  }
  const hint =
    error instanceof DomainError && error.hint !== undefined ? `**Next:** ${escapeMarkdown(error.hint)}` : '';
  const alert = renderAlert('CAUTION', joinBlocks([escapeMarkdown(describeError(error)), hint]));
  return `${joinBlocks([renderHeading(2, 'Failed'), alert])}\n`;
}
