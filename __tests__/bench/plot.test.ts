import { describe, expect, it } from '@jest/globals';
import { drawPlot } from '../../bench/plot.ts';
import { makeContestant, makeResult } from './sample-result.ts';

function widthsOf(svg: string): number[] {
  return [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
}

describe('a plot', () => {
  it('has a bar for each contender, as long as its median is', () => {
    const svg = drawPlot(makeResult());
    const [crane = 0, oras = 0, ours = 0] = widthsOf(svg);
    expect(oras / ours).toBeCloseTo(2, 1);
    expect(crane / ours).toBeCloseTo(1.25, 1);
    expect(svg.match(/class="bar ours"/g)).toHaveLength(1);
    for (const label of ['0.25 s', '0.40 s', '0.20 s']) expect(svg).toContain(`>${label}</text>`);
  });

  it('shows processor time where that is the figure', () => {
    expect(drawPlot(makeResult({ figure: 'cpu' }))).toMatch(/Processor time[\s\S]*>0\.10 s</);
  });

  it('leaves out who has no run that counts', () => {
    const contestants = [makeContestant('crane', [1]), makeContestant('skopeo', [], { voids: ['failed'] })];
    const svg = drawPlot(makeResult({ contestants }));
    expect(widthsOf(svg)).toHaveLength(1);
    expect(svg).not.toContain('skopeo');
  });

  it('is drawn without any run at all', () => {
    expect(drawPlot(makeResult({ contestants: [] }))).not.toMatch(/NaN|Infinity/);
  });

  it('has colours for light and for dark pages, and says its machine and day', () => {
    const svg = drawPlot(makeResult());
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg).toContain('2026-11-21, 2 cores, A processor');
  });

  it('is well-formed whatever its texts hold', () => {
    const svg = drawPlot(makeResult({ title: '<b> & "c"' }));
    expect(svg).toContain('&lt;b&gt; &amp; &quot;c&quot;');
    expect(svg).not.toContain('<b>');
  });

  it('keeps every bar and label inside', () => {
    const svg = drawPlot(makeResult({ contestants: [makeContestant('crane', [1, 1_000_000])] }));
    const rightmost = Math.max(
      ...[...svg.matchAll(/H([\d.]+)M|<text x="([\d.]+)"/g)].map(([, a, b]) => Number(a ?? b)),
    );
    expect(rightmost).toBeLessThan(760 - 60);
  });
});
