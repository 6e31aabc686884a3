import { DomainError, describeError } from '../base/error.ts';
import { VULN_PREDICATE } from '../chain/vuln.ts';
import { formatReference } from '../image/reference.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDuration, formatShortDigest } from '../report/format.ts';
import {
  joinBlocks,
  renderAlert,
  renderCodeBlock,
  renderDetails,
  renderHeading,
  renderList,
} from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import { renderScan } from '../steps/render-scan.ts';
import { listTrustFlags } from '../steps/trust-flags.ts';
import type { ImageOutcome, ScanOutcome } from './outcome.ts';

const CUT = '_The rest was cut: a job summary holds 1 MiB. The `scan-report` output has every finding._';
const MAX_ROWS = 200;
const MAX_TROUBLES = 20;
const SIGNS = { clean: '✓&nbsp;clean', refused: '✗&nbsp;**refused**', failed: '?&nbsp;**failed**' } as const;

/** The job summary of a scan: the verdict and what to do next, a row for each image, what was found in each, and how to check what was attached. Below 1 MiB, the runner's limit. */
export function renderScanSummary(outcome: ScanOutcome): string {
  const { images, seconds } = outcome;
  const markdown = joinBlocks([
    renderHeading(2, renderHeadline(outcome)),
    renderTrouble(outcome),
    renderNotes(images),
    images.length === 0 ? undefined : renderImages(outcome),
    ...images.map((image) => renderImage(image, images.length)),
    renderVerification(outcome),
    `Took ${formatDuration(seconds * 1000)}.`,
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}

function renderHeadline({ result, images, environment }: ScanOutcome): string {
  const place = environment === undefined ? '' : ` (${environment})`;
  const count = (wanted: ImageOutcome['result']): number => images.filter((image) => image.result === wanted).length;
  if (images.length === 0) return 'Scan failed';
  if (result === 'clean') return escapeMarkdown(`Scanned: ${formatCount(images.length, 'image')} clean${place}`);
  const parts = [
    ...(count('refused') === 0 ? [] : [`${count('refused')} refused`]),
    ...(count('failed') === 0 ? [] : [`${count('failed')} could not be scanned`]),
  ];
  const what = parts.length === 0 ? 'not finished' : parts.join(', ');
  return escapeMarkdown(`Scan: ${what} of ${formatCount(images.length, 'image')}${place}`);
}

function renderTrouble({ images, error }: ScanOutcome): string | undefined {
  const refused = images.flatMap(({ image, refusals }) =>
    refusals.map(({ code, message, hint }) => ({ image, code, message, hint })),
  );
  const failed = images
    .filter(({ result }) => result === 'failed')
    .map(({ image, error: cause }) => ({ image, ...describeFailure(cause) }));
  const whole = error === undefined ? [] : [{ image: undefined, ...describeFailure(error) }];
  const troubles = [...whole, ...failed, ...refused];
  if (troubles.length === 0) return undefined;
  const shown = troubles.slice(0, MAX_TROUBLES);
  const items = shown.map(({ image, code, message }) =>
    [image === undefined ? '' : codeSpan(formatReference(image)), codeSpan(code), escapeMarkdown(message)]
      .filter((part) => part !== '')
      .join(' '),
  );
  const rest = troubles.length - shown.length;
  const hints = new Set(shown.flatMap(({ hint }) => hint ?? []));
  return renderAlert(
    refused.length > 0 ? 'CAUTION' : 'WARNING',
    joinBlocks([
      renderList(rest === 0 ? items : [...items, `and ${formatCount(rest)} more`]),
      ...[...hints].map((hint) => `**Next:** ${escapeMarkdown(hint)}`),
    ]),
  );
}

function describeFailure(error: unknown): { code: string; message: string; hint: string | undefined } {
  const { code, hint } = error instanceof DomainError ? error : { code: 'FAILED', hint: undefined };
  return { code, message: describeError(error), hint };
}

function renderNotes(images: readonly ImageOutcome[]): string | undefined {
  const notes = images.flatMap(({ image, notes: own }) =>
    own.map((note) => `${codeSpan(formatReference(image))} ${escapeMarkdown(note)}`),
  );
  return notes.length === 0 ? undefined : renderAlert('WARNING', renderList(notes.slice(0, MAX_TROUBLES)));
}

function renderImages({ images, attest }: ScanOutcome): string {
  const columns = ['Image', 'Digest', 'Verdict', 'Critical', 'High', ...(attest ? ['Attestation'] : [])];
  const rows = images.map(({ image, digest, result, scan, attestation }) => [
    codeSpan(formatReference(image)),
    digest === undefined ? '' : codeSpan(formatShortDigest(digest)),
    SIGNS[result],
    ...(scan === undefined ? ['', ''] : [formatCount(scan.counts.CRITICAL), formatCount(scan.counts.HIGH)]),
    ...(attest ? [attestation?.result ?? 'none'] : []),
  ]);
  return renderTable(
    columns.map((title) => ({ title })),
    limitRows(rows, MAX_ROWS),
  );
}

/** The findings of a single image stand open; of several, each opens on a click. */
function renderImage({ image, scan, gates }: ImageOutcome, count: number): string | undefined {
  const found = renderScan({ scan, gates });
  if (found === undefined || count === 1) return found;
  return renderDetails(formatReference(image), found);
}

function renderVerification({ images, trust }: ScanOutcome): string | undefined {
  const flags = listTrustFlags(trust);
  const attested = images.filter(({ attestation }) => attestation !== undefined);
  if (flags === undefined || attested.length === 0) return undefined;
  const commands = attested.map(
    ({ image, digest }) =>
      `cosign verify-attestation ${flags.join(' ')} --type ${VULN_PREDICATE} ${image.repository}@${digest ?? ''}`,
  );
  return joinBlocks([
    renderHeading(3, 'Verify it yourself'),
    'With stock cosign; a promotion demands the same with `attestations.require` in its policy.',
    renderCodeBlock(commands.slice(0, MAX_ROWS).join('\n'), 'sh'),
  ]);
}
