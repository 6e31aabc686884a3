import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { describeEntry } from '../../src/verify/fleet-report.ts';
import { renderVerifySummary } from '../../src/verify/report.ts';
import { makeFleetOutcome, RECORDED, UNDECIDED, UNRECORDED } from './sample-fleet.ts';

describe('the job summary of a plan', () => {
  it('is one over all shards: the totals, and a row for every target', () => {
    const second = { ...RECORDED, item: 2, shard: '2/2', target: 'prod.test/two:1' };
    const summary = renderVerifySummary(makeFleetOutcome([RECORDED, second], { environment: 'production' }));
    expect(summary).toMatch(/^## Verified: 2 of 2 targets of the plan \(production\)\n/);
    expect(summary).toMatch(/^- Plan `sha256:[a-f0-9]{64}`: 2 images in 2 shards$/m);
    expect(summary).toMatch(/^- Records that count: 2, by `release\.pub`$/m);
    expect(summary).toMatch(/^- Findings then: HIGH 4$/m);
    expect(summary.match(/actions\/runs\/7\/attempts\/1>\)$/gm)).toHaveLength(1);
    expect(summary).toMatch(
      /\| `prod\.test\/two:1` +\| ✓&nbsp;verified +\| `dev\.test\/app:1` .*\| mary .*\| 2\/2 +\|/,
    );
  });

  it('says once where runs carried the plan out twice, as the log does', () => {
    const note = 'Carried out by several runs: a 1, a 2.';
    const twice = { ...RECORDED, record: { planDigest: '', signer: 'x', finishedAt: '', copies: 1, note } };
    const summary = renderVerifySummary(makeFleetOutcome([twice, { ...twice, target: 'prod.test/two:1' }]));
    expect(summary.match(/^- Carried out by several runs: /gm)).toHaveLength(1);
    expect(describeEntry(twice)).toContain(note);
  });

  it('counts the findings of an image with two tags once', () => {
    const again = { ...RECORDED, target: 'prod.test/app:live' };
    expect(renderVerifySummary(makeFleetOutcome([RECORDED, again]))).toMatch(/^- Findings then: HIGH 2$/m);
  });

  it('says first what is wrong, by item, and what to do', () => {
    const summary = renderVerifySummary(makeFleetOutcome([RECORDED, UNRECORDED, UNDECIDED]));
    expect(summary).toMatch(/^## Not verified: 1 of 3 targets of the plan\n\n> \[!CAUTION\]\n/);
    expect(summary).toContain('> - item 2, `prod.test/late:1` `NOT_PROMOTED` No promotion record.');
    expect(summary).toContain('**Next:** Run it again.');
    const rows = ['gone:1` ', 'late:1` ', 'app:1` '].map((name) => summary.lastIndexOf(name));
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  });

  it('says what ended the whole run', () => {
    const error = new DomainError('TOOL', 'cosign is broken', { hint: 'Mend it.' });
    expect(renderVerifySummary(makeFleetOutcome([], { error }))).toMatch(/^## Failed\n\n> \[!WARNING\]\n> cosign/);
  });

  it('stays below the runner’s limit, whatever the fleet', () => {
    const records = Array.from({ length: 20_000 }, (_, i) => ({ ...RECORDED, target: `prod.test/app-${i}:1` }));
    const summary = renderVerifySummary(makeFleetOutcome(records));
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain('and 18,000 more');
  });

  it('lets no text of a record break out', () => {
    const evil = '</details><img src=x>|`\n## forged\n```\n::set-output name=a::b';
    const record = { ...RECORDED.record, planDigest: '', finishedAt: evil, signer: evil, actor: evil, note: evil };
    const entry = { ...UNRECORDED, target: evil, source: evil, message: evil, hint: evil };
    const summary = renderVerifySummary(makeFleetOutcome([entry, { ...RECORDED, record }]));
    expect(summary).not.toMatch(/^## forged|^::set-output/m);
    expect(summary.replace(/`+[^`\n]*<img[^`\n]*`+/g, '')).not.toContain('<img');
  });
});

describe('the line of the log', () => {
  it('names target, digest, shard and what became of it', () => {
    expect(describeEntry(RECORDED)).toBe(
      `✓ [1/2] prod.test/app:1@${RECORDED.digest} recorded 2026-11-21 10:01 UTC by release.pub`,
    );
    expect(describeEntry(UNRECORDED)).toMatch(
      /^✗ \[2\/2\] prod\.test\/late:1@\S+ NOT_PROMOTED: No promotion record\.$/,
    );
  });
});
