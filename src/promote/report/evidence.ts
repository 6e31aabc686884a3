import { LEGACY_SIGNATURE_TYPE } from '../../chain/legacy-signature.ts';
import { digestHex } from '../../image/digest.ts';
import { codeSpan, escapeMarkdown } from '../../report/escape.ts';
import { formatCount, formatShortDigest } from '../../report/format.ts';
import { joinBlocks, renderHeading } from '../../report/markdown.ts';
import { limitRows, renderTable } from '../../report/table.ts';
import type { Outcome } from '../outcome.ts';
import { nameEvidence } from './evidence-name.ts';

const MAX_ROWS = 100;

/** Which signed statements the promotion rests on, and which it leaves at the target, by whom; undefined when there are none. */
export function renderEvidence(outcome: Outcome): string | undefined {
  const rows = [...listRelied(outcome), ...listWritten(outcome)];
  if (rows.length === 0) return undefined;
  const columns = ['Evidence', 'For this promotion', 'Signed by', 'Where'].map((title) => ({ title }));
  return joinBlocks([renderHeading(3, 'Signed evidence'), renderTable(columns, limitRows(rows, MAX_ROWS))]);
}

function listRelied({ relied, source }: Outcome): string[][] {
  return relied.map(({ type, signer, digest }) => [
    nameEvidence(type),
    'relied&nbsp;on',
    escapeMarkdown(signer),
    `${codeSpan(source.repository)}${digest === undefined ? '' : ` as ${codeSpan(formatShortDigest(digest))}`}`,
  ]);
}

/** One row for what is the same but for the target or platform it names. */
function listWritten(outcome: Outcome): string[][] {
  const signer = describeSigner(outcome);
  const written = Map.groupBy(outcome.evidence, ({ repository, predicateType }) => `${repository} ${predicateType}`);
  const rows = [...written.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { repository, predicateType } = first;
    const names = group.map(({ digest }) =>
      predicateType === LEGACY_SIGNATURE_TYPE
        ? codeSpan(`:sha256-${digestHex(digest).slice(0, 12)}….sig`)
        : codeSpan(formatShortDigest(digest)),
    );
    const count = group.length === 1 ? '' : ` (${formatCount(group.length)})`;
    return [
      [`${nameEvidence(predicateType)}${count}`, 'written', signer, `${codeSpan(repository)} as ${names.join(', ')}`],
    ];
  });
  const kept = outcome.kept.map(({ repository, predicateType }) => [
    nameEvidence(predicateType),
    'there&nbsp;already',
    signer,
    codeSpan(repository),
  ]);
  return [...rows, ...kept];
}

function describeSigner({ anchor }: Outcome): string {
  if (anchor === undefined) return 'this promotion';
  if (anchor.kind === 'key') return "this promotion's key";
  const { repository } = anchor;
  return escapeMarkdown(`${anchor.identity.text}${repository === undefined ? '' : ` for ${repository}`}`);
}
