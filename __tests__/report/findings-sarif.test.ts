import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { renderSarif } from '../../src/report/findings-sarif.ts';
import { DIGEST, sampleFinding, samplePlatform } from '../promote/sample-outcome.ts';

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly automationDetails?: { readonly id: string };
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri?: string }[] };
    };
    readonly results: readonly { readonly ruleId: string }[];
  }[];
}

function render(...platforms: Parameters<typeof samplePlatform>[]): Log {
  const image = parseRepository('dev.test/team/app');
  return JSON.parse(
    renderSarif(
      image,
      DIGEST,
      platforms.map((p) => samplePlatform(...p)),
      '0.74.0',
    ),
  ) as Log;
}

describe('the findings as SARIF', () => {
  it('are a log of version 2.1.0 also when there are none', () => {
    const log = render(['linux/amd64']);
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
  });

  it('are those of every platform, under a category of their image', () => {
    const [run] = render(['linux/amd64', [sampleFinding(1)]], ['linux/arm64', [sampleFinding(2)]]).runs;
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(['CVE-2026-0001', 'CVE-2026-0002']);
    expect(run?.automationDetails?.id).toContain('promote-image/dev.test/team/app');
  });

  it('leave out what a VEX statement cleared', () => {
    const finding = sampleFinding(1, 'CRITICAL', { suppressedBy: 'not affected' });
    expect(render(['linux/amd64', [finding]]).runs[0]?.results).toEqual([]);
  });

  it.each([
    ['CVE-2026-0001', 'https://avd.aquasec.com/nvd/cve-2026-0001'],
    ['GHSA-abcd-1234-wxyz', 'https://github.com/advisories/GHSA-abcd-1234-wxyz'],
    ['CVE-2026-1/../../evil', undefined],
    ['javascript:alert(1)', undefined],
  ])('link %s to %s', (id, helpUri) => {
    const [rule] = render(['linux/amd64', [sampleFinding(1, 'HIGH', { id })]]).runs[0]?.tool.driver.rules ?? [];
    expect(rule?.helpUri).toBe(helpUri);
  });
});
