import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderScalePage } from '../../bench/scale-page.ts';
import type { PhaseFigures, ScaleResults } from '../../bench/scale-results.ts';

const figures = (phase: PhaseFigures['phase'], images: number): PhaseFigures => ({
  ...{ phase, wallMs: 500 * images, cpuMs: 250 * images, peakMb: 120.4, childrenMb: {} },
  requests: { source: 3 * images, target: 20 * images },
  bytes: { fromSource: 500_000 * images, toTarget: 1_000_000 * images, fromTarget: 1000 },
  ...(phase === 'plan' ? { planBytes: 2000 * images } : {}),
});
const RESULTS: ScaleResults = {
  ...{ date: '2026-11-21', roundTripMs: 20 },
  machine: { cores: 2, model: 'A processor', memoryGb: 8, node: 'v24.1.0' },
  cases: [1, 1000].map((images) => ({
    ...{ name: `gated-${images}`, registry: 'olareg', images, imageBytes: 1_000_000, rounds: 1 },
    phases: [figures('plan', images), figures('promote', images)],
  })),
};

describe('docs/scale.md', () => {
  it('is made from the figures: per image, and for a fleet from the largest batch', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/scale.md'), 'utf8');
    const page = renderScalePage(text, RESULTS);
    expect(page).toContain('Measured 2026-11-21 on 2 cores (A processor), 8 GB, Node 24.1.0; 20 ms to each registry');
    expect(page).toContain(
      '| 1,000 | 1.0 MB | olareg | promote | 500 ms | 250 ms | 3 + 20 | 0.50 × | 1.00 × | 120 MB |',
    );
    // 100,000 images at half a second each, alone and in 256 jobs.
    expect(page).toContain('| promote | 2,300,000 | 6.9 h | 13.9 h | 3 min |  | 1,000 images, olareg |');
    expect(page).toContain('| plan | 2,300,000 | 6.9 h | 13.9 h | one job | 200.0 MB | 1,000 images, olareg |');
    expect(renderScalePage(page, RESULTS)).toBe(page);
  });
});
