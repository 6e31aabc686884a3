import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { renderVerifySummary } from '../../src/verify/report.ts';
import { FAILED, makeOutcome, REFUSED, VERIFIED } from './sample-chain.ts';

describe('the job summary of verify', () => {
  it('has the verdict, a row for each image, and the chain as a picture', () => {
    const summary = renderVerifySummary(makeOutcome([VERIFIED], { environment: 'production' }));
    expect(summary).toMatch(/^## Verified: 1 image \(production\)\n/);
    expect(summary).toMatch(/\| `prod\.test\/app:1` +\| ✓&nbsp;verified +\| \[2026-11-21 10:01 UTC\]\(<https:/);
    expect(summary).toMatch(/`c0ffee` \(provenance\) \| HIGH 2 .*`:1` current, `:live` moved/);
    const picture = /```mermaid\n([\s\S]*?)```/.exec(summary)?.[1] ?? '';
    // dev → qa, which nobody here vouches for, → prod: three places, two promotions.
    expect(picture.match(/:::place/g)).toHaveLength(3);
    expect(picture).toMatch(/step0 -\.-> place1\n[\s\S]*place1 --> step1\n/);
  });

  it('says first what was refused and why', () => {
    const summary = renderVerifySummary(makeOutcome([VERIFIED, REFUSED, FAILED], { result: 'failed' }));
    expect(summary).toMatch(/^## Not verified: 1 refused, 1 could not be decided of 3 images\n\n> \[!CAUTION\]\n/);
    expect(summary).toContain('> - `prod.test/evil:1` `NOT_PROMOTED` No promotion record.');
    expect(summary).toContain('**Next:** Promote it.');
    expect(summary.match(/```mermaid/g)).toHaveLength(1);
  });

  it('says what ended the whole run', () => {
    const error = new DomainError('TOOL', 'cosign is broken', { hint: 'Mend it.' });
    const summary = renderVerifySummary(makeOutcome([], { result: 'failed', error }));
    expect(summary).toMatch(/^## Failed\n\n> \[!WARNING\]\n> cosign is broken\n>\n> \*\*Next:\*\* Mend it\./);
  });

  it('stays below the runner’s limit, whatever a cluster runs', () => {
    const images = Array.from({ length: 3000 }, (_, i) => ({ ...VERIFIED, image: `prod.test/app-${i}:1` }));
    const summary = renderVerifySummary(makeOutcome(images));
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain('and 2,800 more');
  });

  it('lets no text of a record break out', () => {
    const evil = '</details><img src=x>|`\n## forged\n```\n::set-output name=a::b';
    const image = { ...REFUSED, image: evil, message: evil, hint: evil };
    const summary = renderVerifySummary(makeOutcome([image], { result: 'refused' }));
    expect(summary).not.toMatch(/^## forged|^::set-output/m);
    expect(summary.replace(/````[\s\S]*?````/g, '')).not.toContain('<img');
  });
});
