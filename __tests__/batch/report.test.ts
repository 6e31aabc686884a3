import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import type { ItemOutcome } from '../../src/batch/outcome.ts';
import { renderBatchSummary } from '../../src/batch/report.ts';
import { digestOf } from '../../src/image/digest.ts';
import { sampleFinding, samplePlatform, sampleScan, vulnerable } from '../promote/sample-outcome.ts';
import { sampleBatch, sampleItem } from './sample-outcomes.ts';

function refuse(number: number): ItemOutcome {
  const scan = sampleScan([samplePlatform('linux/amd64', [sampleFinding(1), sampleFinding(2)])]);
  return sampleItem(number, { result: 'refused', scan, refusals: [vulnerable(scan)] });
}

function fail(number: number): ItemOutcome {
  const error = new DomainError('NOT_FOUND', 'there is no such tag', { hint: 'Check the tag.' });
  return sampleItem(number, { result: 'failed', pinned: undefined, error });
}

/** The first cells of each row of the table, below its head. */
function rowsOf(markdown: string): string[] {
  return markdown.split('\n').filter((line) => /^\| +\d+ \|/.test(line));
}

describe('the summary of a batch', () => {
  const items = [
    sampleItem(1),
    sampleItem(2, { result: 'unchanged' }),
    refuse(3),
    fail(4),
    { ...fail(5), begun: false },
  ];

  it('says first how many ended how', () => {
    const [headline] = renderBatchSummary(sampleBatch(items, { environment: 'production' })).split('\n');
    expect(headline).toBe('## Batch failed: 1 failed, 1 refused, 1 not begun, 1 promoted, 1 unchanged (production)');
  });

  it('has a row for every image, those that need somebody first', () => {
    const rows = rowsOf(renderBatchSummary(sampleBatch(items)));
    expect(
      rows.map((row) =>
        row
          .split('|')
          .slice(1, 4)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ['4', '`prod.example/shop/service-004:1.0`', '?&nbsp;**failed**'],
      ['3', '`prod.example/shop/service-003:1.0`', '✗&nbsp;**refused**'],
      ['5', '`prod.example/shop/service-005:1.0`', '–&nbsp;not&nbsp;begun'],
      ['1', '`prod.example/shop/service-001:1.0`', '✓&nbsp;promoted'],
      ['2', '`prod.example/shop/service-002:1.0`', '✓&nbsp;unchanged'],
    ]);
  });

  it('says why, what to do next, and what became of the rest', () => {
    const summary = renderBatchSummary(sampleBatch(items));
    expect(summary).toContain('> - `NOT_FOUND` 1 image. **Next:** Check the tag.');
    expect(summary).toContain('> - `VULNERABLE` 1 image. **Next:** Rebuild the image with the fixed versions.');
    expect(summary).toContain('2 images are at the target.');
    expect(summary).toContain('What refuses prod.example/shop/service-003');
  });

  it('names the error that ended all of it', () => {
    const error = new DomainError('WRONG_PASSWORD', 'the password does not open the key', { hint: 'Check it.' });
    const summary = renderBatchSummary(sampleBatch([{ ...fail(1), begun: false }], { error, result: 'failed' }));
    expect(summary).toContain('> - `WRONG_PASSWORD` the password does not open the key');
    expect(summary).toContain('No tag of this batch was written.');
  });

  it('says once that it was cancelled, whatever was under way', () => {
    const error = new DomainError('CANCELLED', 'cancelled by SIGINT');
    const ended = [1, 2].map((number) => sampleItem(number, { result: 'failed', pinned: undefined, error }));
    const summary = renderBatchSummary(sampleBatch([...ended, fail(3)], { error, result: 'failed' }));
    expect(summary.match(/^> - `\w+`.*/gm)).toEqual([
      '> - `CANCELLED` cancelled by SIGINT',
      expect.stringContaining('NOT_FOUND'),
    ]);
  });

  it('of a dry run says what is in the plan, what is not, and what to hand on', () => {
    const plan = { path: '/p', digest: digestOf('plan'), shards: 4, count: 98 };
    const planned = Array.from({ length: 98 }, (_, i) => sampleItem(i + 1, { result: 'planned' }));
    const batch = sampleBatch([...planned, refuse(99), refuse(100)], { plan, dryRun: true });
    const summary = renderBatchSummary(batch);
    expect(summary).toContain(`The plan \`${plan.digest}\` has 98 images, cut for 4 jobs.`);
    expect(summary).toContain('2 images that cannot be promoted are not in it.');
    expect(summary).toContain('The others are in the plan.');
  });

  it('of a share says which, and of an empty one that there was nothing to do', () => {
    const summary = renderBatchSummary(sampleBatch([], { shard: { k: 4, n: 4 }, total: 3 }));
    expect(summary).toContain('## Batch already promoted: no image, shard 4/4 of 3');
    expect(summary).toContain('there was nothing to do');
  });

  it('shows digests in a row as short as they can be read', () => {
    const error = new DomainError('TAG_MOVED', `it is ${digestOf('other')} now`);
    const [row] = rowsOf(renderBatchSummary(sampleBatch([sampleItem(1, { result: 'failed', error })])));
    expect(row).toContain(`it is ${digestOf('other').slice(0, 19)} now`);
  });

  it('cannot be broken by what a registry says', () => {
    const error = new DomainError('FAILED', 'a | b </details> <script> [x](y) @team\n| c |');
    const summary = renderBatchSummary(sampleBatch([sampleItem(1, { result: 'failed', error })]));
    expect(rowsOf(summary)).toHaveLength(1);
    expect(summary).not.toContain('<script>');
    expect(summary).not.toContain('</details> ');
  });

  it('stays below what a runner takes, and counts the rows that are left out', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => (i < 300 ? refuse(i + 1) : sampleItem(i + 1)));
    const summary = renderBatchSummary(sampleBatch(many));
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain('… and 18,000 more');
    expect(summary).toContain('300 refused');
  });
});
