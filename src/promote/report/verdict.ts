import { DomainError, describeError } from '../../base/error.ts';
import { formatReference, pathOf } from '../../image/reference.ts';
import { codeSpan, escapeMarkdown } from '../../report/escape.ts';
import { formatCount, formatShortDigest } from '../../report/format.ts';
import { joinBlocks, renderAlert, renderCodeBlock, renderHeading, renderList } from '../../report/markdown.ts';
import type { Outcome } from '../outcome.ts';

const MAX_REFUSALS = 20;

const WORDS: Readonly<Record<Outcome['result'], string>> = {
  promoted: 'Promoted',
  unchanged: 'Already promoted',
  planned: 'Plan, waiting for approval',
  refused: 'Refused',
  failed: 'Failed',
};

/** The verdict in a word, and which image: all that is read of a summary at first. */
export function renderHeadline({ result, source, environment, notes }: Outcome): string {
  const version = source.kind === 'tag' ? `:${source.tag}` : `@${formatShortDigest(source.digest)}`;
  const place = environment === undefined ? '' : ` (${environment})`;
  const doubt = notes.length > 0 && result !== 'refused' && result !== 'failed' ? ', with a warning' : '';
  return renderHeading(2, escapeMarkdown(`${WORDS[result]}${doubt}: ${pathOf(source.repository)}${version}${place}`));
}

/** Why, what is at the target now, and what to do next. */
export function renderVerdict(outcome: Outcome): string {
  switch (outcome.result) {
    case 'promoted':
      return joinBlocks([
        `${describeGates(outcome)} Deploy it by this reference: its digest can never stand for other bytes.`,
        renderImages(outcome),
      ]);
    case 'unchanged':
      return joinBlocks([
        `The tag pointed at this digest already and was not written again. ${describeGates(outcome)}`,
        renderImages(outcome),
      ]);
    case 'planned':
      return joinBlocks([
        `${describeGates(outcome)} Nothing was written. Once approved, the job that applies it must be given ${codeSpan('plan')} and ${codeSpan('plan-digest')}; where nobody has to approve, run it again without ${codeSpan('dry-run')}. It would write:`,
        renderImages(outcome),
      ]);
    case 'refused':
      return renderAlert('CAUTION', renderRefusals(outcome));
    case 'failed':
      return renderAlert('WARNING', renderFailure(outcome));
  }
}

/** What was found and not enforced; undefined when there is nothing of the kind. */
export function renderNotes({ notes }: Outcome): string | undefined {
  return notes.length === 0 ? undefined : renderAlert('WARNING', renderList(notes.map(escapeMarkdown)));
}

/** What is as it should be; undefined when there is nothing to say. */
export function renderRemarks({ remarks = [] }: Outcome): string | undefined {
  return remarks.length === 0 ? undefined : renderList(remarks.map(escapeMarkdown));
}

function describeGates({ gates }: Outcome): string {
  const off = gates.filter(({ verdict }) => verdict === 'off').map(({ name }) => name);
  if (gates.some(({ verdict }) => verdict === 'reported')) return 'No gate refused, but one only reports.';
  if (off.length === 0) return 'Every gate passed.';
  return `${escapeMarkdown(off.join(', '))} ${off.length === 1 ? 'was' : 'were'} off, every other gate passed.`;
}

/** In a block of its own, which GitHub gives a button to copy. */
function renderImages({ result, targets, pinned, plan }: Outcome): string {
  const moves = new Map(result === 'planned' ? Object.entries(plan?.moves ?? {}) : []);
  const lines = targets.map(({ target }) => {
    const name = formatReference(target);
    if (pinned === undefined) return name;
    const left = moves.get(name);
    return left === undefined ? `${name}@${pinned.digest}` : `${name}: ${left} -> ${pinned.digest}`;
  });
  return renderCodeBlock(lines.join('\n'));
}

function renderRefusals(outcome: Outcome): string {
  const { refusals } = outcome;
  const shown = refusals
    .slice(0, MAX_REFUSALS)
    .map(({ code, message }) => `${codeSpan(code)} ${escapeMarkdown(message)}`);
  const rest = refusals.length - shown.length;
  const hints = new Set(refusals.slice(0, MAX_REFUSALS).flatMap(({ hint }) => hint ?? []));
  return joinBlocks([
    renderList(rest === 0 ? shown : [...shown, `and ${formatCount(rest)} more`]),
    ...[...hints].map(renderNext),
    describeTarget(outcome),
  ]);
}

function renderFailure(outcome: Outcome): string {
  const { error } = outcome;
  const code = error instanceof DomainError ? ` (${codeSpan(error.code)})` : '';
  const what = outcome.targetTouched
    ? 'The promotion was not finished'
    : 'Whether it may be promoted could not be decided';
  const hint = error instanceof DomainError ? error.hint : undefined;
  return joinBlocks([
    `${what}: ${escapeMarkdown(describeError(error))}${code}`,
    renderNext(hint ?? 'Run the job again; the log says where it stopped.'),
    describeTarget(outcome),
  ]);
}

function renderNext(hint: string): string {
  return `**Next:** ${escapeMarkdown(hint)}`;
}

function listNames(targets: Outcome['targets']): string {
  return targets.map(({ target }) => codeSpan(formatReference(target))).join(', ');
}

function describeTarget({ targets, targetTouched }: Outcome): string {
  const written = targets
    .filter(({ result }) => result === 'promoted')
    .map(({ target }) => codeSpan(formatReference(target)));
  const unclear = targets.filter(({ code }) => code === 'TAG_UNCERTAIN');
  if (written.length > 0 || unclear.length > 0) {
    const missing = targets.filter(
      (target) => !['promoted', 'unchanged'].includes(target.result) && !unclear.includes(target),
    );
    return [
      ...(written.length === 0 ? [] : [`Tagged: ${written.join(', ')}.`]),
      ...(unclear.length === 0 ? [] : [`Written or not, unknown: ${listNames(unclear)}.`]),
      ...(missing.length === 0 ? [] : [`Not tagged: ${listNames(missing)}.`]),
    ].join(' ');
  }
  if (targets.some(({ code }) => code === 'TAG_MOVED')) {
    return "The tag was written, and is somebody else's now. What was copied and signed is at the target by digest.";
  }
  return targetTouched
    ? 'No tag was written. The target may hold content by digest that no tag points at; a rerun picks it up.'
    : 'Nothing was written to the target.';
}
