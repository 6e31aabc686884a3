import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { renderCheckSummary } from '../../src/check/report.ts';
import { MAX_SUMMARY_BYTES } from '../../src/report/truncate.ts';
import { sampleFinding, sampleOutcome } from './sample-outcome.ts';

describe('the job summary', () => {
  it('says in a line that all is well, and by what', () => {
    const summary = renderCheckSummary(sampleOutcome({ environment: 'production', verify: 'promoted' }));
    expect(summary).toMatch(/^## Checked: 4 images in 2 files \(production\)\n/);
    expect(summary).toContain('By p.yml; verify: promoted. Took 400 ms.');
  });

  it('has a table for each file, and what to do once for each rule', () => {
    const findings = [
      sampleFinding(),
      sampleFinding({ line: 5, rule: 'floating-tag', message: 'Its tag moves.', hint: 'Name a version.' }),
      sampleFinding({ file: 'other.yml', line: 1 }),
    ];
    const summary = renderCheckSummary(sampleOutcome({ findings }));
    expect(summary).toMatch(/^## Check: 3 findings in 4 images in 2 files\n/);
    expect(summary).toContain('> - `no-digest` 2: Pin it.');
    expect(summary.match(/^### .*$/gm)).toEqual(['### `deploy/compose.yml`', '### `other.yml`']);
    expect(summary).toMatch(/^\|\s+3 \| `a\.io\/x:1\.0\.0`\s+\| `no-digest`\s+\| It has no digest\.\s+\|$/m);
  });

  it('lets no text of a file out of its cell', () => {
    const image = 'a`|<script>alert(1)</script>\n| x |';
    const findings = [sampleFinding({ image, file: 'a|`b\n.yml', message: '<img src=x> @team ![](http://x)' })];
    const summary = renderCheckSummary(sampleOutcome({ findings }));
    expect(summary).not.toMatch(/<script>|<img|@team|!\[\]|^\| x \|/m);
    const [, ...rows] = summary.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(2);
  });

  it('tells what could not be decided, and what to do about it', () => {
    const error = new DomainError('UNAVAILABLE', 'no answer', { hint: 'Try later.' });
    const summary = renderCheckSummary(sampleOutcome({ undecided: [{ image: 'a.io/x:1', uses: [], error }] }));
    expect(summary).toMatch(/^## Check: 1 image could not be decided in 4 images in 2 files\n/);
    expect(summary).toContain('> - `a.io/x:1` `UNAVAILABLE` no answer');
    expect(summary).toContain('**Next:** Try later.');
    expect(renderCheckSummary(sampleOutcome({ error }))).toMatch(/^## Check failed\n/);
  });

  it('names every exception with its reason and its day', () => {
    const exception = {
      ...{ image: 'a.io/*', rule: 'no-digest' as const, reason: 'moving | soon', expires: '2027-01-31' },
      ...{ endsAt: 0, source: 'p.yml' },
    };
    const summary = renderCheckSummary(sampleOutcome({ excused: [{ ...sampleFinding(), exception }] }));
    expect(summary).toContain('1 finding excepted by a policy');
    expect(summary).toMatch(/2027-01-31\s+\| moving &#124; soon/);
  });

  it('stays below what GitHub shows, however much there is', () => {
    const findings = Array.from({ length: 40_000 }, (_, i) => sampleFinding({ file: `f${i % 1000}.yml`, line: i + 1 }));
    const summary = renderCheckSummary(sampleOutcome({ findings }));
    expect(Buffer.byteLength(summary)).toBeLessThan(MAX_SUMMARY_BYTES);
    expect(summary).toContain('900 more files with findings');
  });
});
