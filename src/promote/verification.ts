import { RECORD_PREDICATE } from '../chain/record.ts';
import { SIGNATURE_PREDICATE } from '../chain/statement.ts';
import { joinBlocks, renderCodeBlock, renderDetails, renderHeading } from '../report/markdown.ts';
import type { Outcome } from './outcome.ts';

/** How anyone checks the result with stock cosign, ready to copy; undefined when nothing was signed. */
export function renderVerification(outcome: Outcome): string | undefined {
  const { evidence, pinned, publicKey } = outcome;
  const isDone = outcome.result === 'promoted' || outcome.result === 'unchanged';
  if (!isDone || pinned === undefined || publicKey === undefined) return undefined;
  const repositories = [...new Set(outcome.targets.map(({ target }) => target.repository))];
  const offline = outcome.transparencyLog ? '' : ' --insecure-ignore-tlog=true';
  const has = (type: string): boolean => evidence.length === 0 || evidence.some((e) => e.predicateType === type);
  const commands = repositories.flatMap((repository) => {
    const image = `${repository}@${pinned.digest}`;
    return [
      ...(has(SIGNATURE_PREDICATE) ? [`cosign verify --key cosign.pub${offline} ${image}`] : []),
      ...(has(RECORD_PREDICATE)
        ? [`cosign verify-attestation --key cosign.pub${offline} --type ${RECORD_PREDICATE} ${image}`]
        : []),
    ];
  });
  const note = outcome.transparencyLog
    ? 'Compare the key with the one you trust:'
    : 'Signed without a transparency log, as the policy says, so cosign is told not to look for an entry. Compare the key with the one you trust:';
  return joinBlocks([
    renderHeading(3, 'Verify it yourself'),
    renderCodeBlock(commands.join('\n'), 'sh'),
    renderDetails('cosign.pub', joinBlocks([note, renderCodeBlock(publicKey)])),
  ]);
}
