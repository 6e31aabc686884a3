import { describe, expect, it } from '@jest/globals';
import { renderPage } from '../../bench/page.ts';
import { makeContestant, makeCost, makeResult } from './sample-result.ts';

describe('the page of benchmarks', () => {
  it('tells of each goal what was measured, and shows the plot', () => {
    const page = renderPage([makeResult({ title: 'A sample' })]);
    expect(page).toContain(
      '| [A sample](#a-sample) | promote-image | ≤ 1 × the fastest of crane, oras | 0.80 × crane | yes |',
    );
    expect(page).toContain('![A sample](benchmarks/sample.svg)');
    expect(page).toContain('| **promote-image** | 0.20 s | 0.19 s to 0.21 s | 0.10 s | 100 MB |');
    expect(page).not.toContain('Not met');
  });

  it('says plainly what is not met', () => {
    const goals = [{ what: 'wall', of: 'promote-image', against: ['crane'], limit: 0.5 }] as const;
    const page = renderPage([makeResult({ title: 'A sample', goals })]);
    expect(page).toContain('| 0.80 × crane | **no** |');
    expect(page).toContain('Not met:\n- A sample: promote-image 0.80 × crane (promised ≤ 0.5 × crane)\n');
  });

  it('does not round a ratio down to its limit', () => {
    const contestants = [makeContestant('crane', [1000]), makeContestant('promote-image', [1004])];
    expect(renderPage([makeResult({ contestants })])).toContain('| 1.004 × crane | **no** |');
  });

  it('shows what somebody noted of a scenario', () => {
    const page = renderPage(
      [makeResult()],
      new Map([
        ['sample', 'The disk limits it.'],
        ['another', 'Not this.'],
      ]),
    );
    expect(page).toContain('\nThe disk limits it.\n');
    expect(page).not.toContain('Not this.');
  });

  it('lists void runs with their reason', () => {
    const contestants = [makeContestant('skopeo', [], { voids: ['another\ndigest'] })];
    const page = renderPage([makeResult({ contestants })]);
    expect(page).toContain('| skopeo | no run that counts |');
    expect(page).toContain('- skopeo: another digest');
    expect(page).toContain('| not measured | **no** |');
  });

  it('sets the memory of other programs apart from our own', () => {
    const runs = [
      makeCost(1, { childrenMb: { trivy: 300, sh: 2 } }),
      makeCost(1, { peakMb: 120, childrenMb: { cosign: 90 } }),
    ];
    const [ours, pipeline] = ['promote-image', 'pipeline'].map((name) => makeContestant(name, [], { runs }));
    const page = renderPage([makeResult({ contestants: [ours, pipeline].filter((one) => one !== undefined) })]);
    expect(page).toContain('| 120 MB, trivy 300 MB, cosign 90 MB |');
    expect(page).toContain('| trivy 300 MB, cosign 90 MB |');
  });

  it('has a page before anything was measured', () => {
    expect(renderPage([])).toContain('Nothing was measured yet.');
  });
});
