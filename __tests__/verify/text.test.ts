import { describe, expect, it } from '@jest/globals';
import { describeImage } from '../../src/verify/text.ts';
import { DIGEST, FAILED, REFUSED, VERIFIED } from './sample-chain.ts';

describe('an image in lines', () => {
  it('begins with the verdict, and says who, when, from what, past which gates', () => {
    const lines = describeImage(VERIFIED);
    expect(lines[0]).toBe('✓ prod.test/app:1 verified');
    for (const line of [
      `  digest    prod.test/app@${DIGEST}`,
      '  promoted  2026-11-21 10:01 UTC by mary for acme/shop to production',
      '  signed by release.pub',
      '  run       https://github.com/acme/shop/actions/runs/7/attempts/1',
      `  from      qa.test/app:1 (${DIGEST})`,
      '  commit    c0ffee (by provenance)',
      '  rests on  attestation https://slsa.dev/provenance/v1 by the builder',
      '  tag       prod.test/app:1 current',
      '  gate      Vulnerability scan: passed. nothing of severity CRITICAL',
      '  findings  HIGH 2',
      '  SLSA VSA  verified PROMOTED_PRODUCTION',
      '  scan      absent',
      '  before    qa.test/app 2026-11-21 10:01 UTC by mary, not verified here: nobody is named here',
    ])
      expect(lines).toContain(line);
    expect(lines.join('\n')).toMatch(/tag {7}prod\.test\/app:live moved: now sha256:/);
    expect(lines.join('\n')).toMatch(/previous {2}prod\.test\/app:live was sha256:/);
  });

  it('says where an image is mounted, or that the container is not known', () => {
    const place = { kind: 'Pod', name: 'p', container: 'data', role: 'volume' as const };
    const lines = describeImage({ ...FAILED, places: [place, { kind: 'Task', name: 't', container: '' }] });
    expect(lines.slice(-2)).toEqual(['  at        Pod p, volume data', '  at        Task t']);
  });

  it('says that there are more stages than are told', () => {
    expect(describeImage({ ...VERIFIED, stagesUntold: 7 })).toContain('  before    and 7 more that are not told');
  });

  it('says why it was refused, what to do, and where it runs', () => {
    expect(describeImage(REFUSED)).toEqual([
      '✗ prod.test/evil:1 REFUSED',
      `  digest    prod.test/evil@${DIGEST}`,
      '  why       NOT_PROMOTED: No promotion record.',
      '  next      Promote it.',
      '  at        Pod shop/evil-1, init container main',
    ]);
    expect(describeImage(FAILED)[0]).toBe('? prod.test/gone:1 COULD NOT BE DECIDED');
  });

  it('does not list every pod of a large cluster', () => {
    const places = Array.from({ length: 400 }, (_, i) => ({ kind: 'Pod', name: `web-${i}`, container: 'web' }));
    const lines = describeImage({ ...REFUSED, places });
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('  at        and 395 more');
  });
});
