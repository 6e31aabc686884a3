import { quoteForeign } from '../../policy/quote.ts';
import { codeSpan, escapeMarkdown } from '../../report/escape.ts';
import { formatDate } from '../../report/format.ts';
import { renderList } from '../../report/markdown.ts';
import type { FormerPromotion, ImageOrigin, Outcome } from '../outcome.ts';

const FROM: Readonly<Record<NonNullable<ImageOrigin['revision']>['from'], string>> = {
  provenance: 'by verified provenance',
  record: 'by the verified record of a former stage',
  label: 'by a label of the image, which proves nothing',
};

/** What who approves asks first: which plan, built from which commit, and who let it pass before. Undefined when nothing of it is known. */
export function renderOrigin({ result, plan, origin }: Outcome): string | undefined {
  const items = [
    ...(result === 'planned' && plan !== undefined ? [`Plan ${codeSpan(plan.digest)}`] : []),
    ...(origin?.revision === undefined
      ? []
      : [`Commit ${codeSpan(quoteForeign(origin.revision.commit))}, ${FROM[origin.revision.from]}`]),
    ...(origin?.former ?? []).map(describeFormer),
  ];
  return items.length === 0 ? undefined : renderList(items);
}

function describeFormer({ environment, actor, finishedAt, run, signer }: FormerPromotion): string {
  const parts = [
    `Passed ${environment === undefined ? 'the stage before' : escapeMarkdown(quoteForeign(environment))}`,
    ...(finishedAt === undefined ? [] : [`on ${formatDate(finishedAt)}`]),
    ...(actor === undefined ? [] : [`by ${escapeMarkdown(quoteForeign(actor))}`]),
    ...(run === undefined ? [] : [`in run ${codeSpan(quoteForeign(run))}`]),
  ];
  return `${parts.join(' ')}; the record is signed by ${escapeMarkdown(signer)}`;
}
