import { RECORD_PREDICATE } from '../chain/record.ts';
import { formatReference } from '../image/reference.ts';
import { codeSpan } from '../report/escape.ts';
import { joinBlocks, renderCodeBlock, renderDetails, renderHeading } from '../report/markdown.ts';
import type { Outcome } from './outcome.ts';

const NO_LOG_FLAG = '--insecure-ignore-tlog=true';

/** How anyone checks the result with stock cosign, ready to copy; undefined when nothing was signed. */
export function renderVerification(outcome: Outcome): string | undefined {
  const { pinned, publicKey } = outcome;
  const isDone = outcome.result === 'promoted' || outcome.result === 'unchanged';
  if (!isDone || pinned === undefined || publicKey === undefined) return undefined;
  const commands = [...Map.groupBy(outcome.targets, ({ target }) => target.repository)].flatMap(
    ([repository, ends]) => {
      const tags = ends.map(({ target }) => formatReference(target));
      return listCommands(`${repository}@${pinned.digest}`, tags, outcome);
    },
  );
  const log = outcome.transparencyLog
    ? ''
    : ` ${codeSpan(NO_LOG_FLAG)} is there because the policy signs without a public transparency log: there is no entry for cosign to look up, and the key alone vouches. The signature itself is checked all the same.`;
  return joinBlocks([
    renderHeading(3, 'Verify it yourself'),
    `With the public key that you trust as ${codeSpan('cosign.pub')}, wherever the image is pulled.${log}`,
    renderCodeBlock(commands.join('\n'), 'sh'),
    renderDetails(
      'The public key of this signature',
      joinBlocks([
        'Compare it with the one you trust; a key shown beside a signature proves nothing.',
        renderCodeBlock(publicKey),
      ]),
    ),
  ]);
}

/** The annotation ties a signature to the tag that was approved, which the digest alone does not. */
function listCommands(image: string, tags: readonly string[], { signs, transparencyLog }: Outcome): string[] {
  const flags = transparencyLog ? '--key cosign.pub' : `--key cosign.pub ${NO_LOG_FLAG}`;
  return [
    ...(signs.signature ? tags.map((tag) => `cosign verify ${flags} -a target=${tag} ${image}`) : []),
    ...(signs.record ? [`cosign verify-attestation ${flags} --type ${RECORD_PREDICATE} ${image}`] : []),
  ];
}
