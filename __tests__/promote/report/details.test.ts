import { describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../../src/chain/record.ts';
import { digestOf } from '../../../src/image/digest.ts';
import type { Gate } from '../../../src/policy/gate.ts';
import { renderDetailList, renderGates } from '../../../src/promote/report/details.ts';
import { DIGEST, parseTarget, sampleOutcome } from '../sample-outcome.ts';

/** The cells of the one row that a gate makes. */
function rowOf(gate: Partial<Gate>): string[] {
  const table = renderGates([{ name: 'Tags', verdict: 'passed', evidence: 'e', ...gate }]) ?? '';
  const cells = table.split('\n').at(-1)?.split('|') ?? [];
  return cells.slice(1, -1).map((cell) => cell.trim());
}

describe('the gates', () => {
  it.each([
    ['passed', '✓&nbsp;passed'],
    ['refused', '✗&nbsp;**refused**'],
    ['reported', '!&nbsp;reported'],
    ['off', '–&nbsp;off'],
  ] as const)('that %s show %s', (verdict, sign) => {
    expect(rowOf({ verdict })).toEqual(['Tags', sign, 'e']);
  });

  it('are left out when none was reached', () => {
    expect(renderGates([])).toBeUndefined();
  });

  it('rest on a sentence that is cut where it grows long, between characters', () => {
    expect(rowOf({ evidence: '😀'.repeat(240) })[2]).toBe('😀'.repeat(240));
    expect(rowOf({ evidence: '😀'.repeat(241) })[2]).toBe(`${'😀'.repeat(239)}…`);
  });

  it('cannot break out of their row', () => {
    expect(rowOf({ name: 'a|b\n| c', evidence: '<i>|' })).toHaveLength(3);
  });
});

describe('the details', () => {
  it('of what was reached only', () => {
    const outcome = sampleOutcome({ pinned: undefined, scan: undefined, result: 'failed', seconds: 0.5 });
    expect(renderDetailList(outcome).split('\n')).toEqual([
      ...['### Details', '', '- Source `staging.example/shop/web:1.4.0`'],
      ...['- Digest: the source was not resolved', '- Target `prod.example/shop/web:1.4.0` failed', '- Took 500 ms'],
    ]);
  });

  it('of everything, with digests in full', () => {
    const [evidence, plan] = [digestOf('evidence'), digestOf('plan')];
    const outcome = sampleOutcome({
      targets: [{ target: parseTarget('a.io/x:1'), result: 'refused', code: 'TAG_EXISTS' }],
      environment: 'prod',
      evidence: [{ repository: 'a.io/x', predicateType: RECORD_PREDICATE, digest: evidence }],
      referrers: [
        {
          repository: 'a.io/x',
          counts: [
            { of: 'image', form: 'referrer', source: 2, target: 1 },
            { of: 'platforms', form: 'sig', source: 1, target: 1 },
          ],
        },
      ],
      plan: { path: '/results/plan.json', digest: plan },
    });
    expect(renderDetailList(outcome).split('\n').slice(3)).toEqual([
      `- Digest \`${DIGEST}\``,
      '- Target `a.io/x:1` refused (`TAG_EXISTS`)',
      '- Environment prod',
      `- Vulnerability database \`mirror.example/trivy-db:2\` \`${digestOf('the database')}\``,
      `- Attached \`${RECORD_PREDICATE}\` to \`a.io/x\` as \`${evidence}\``,
      '- Carried over to `a.io/x`: 1 of 2 referrers of the image, 1 of 1 .sig of its platforms',
      `- Plan \`${plan}\``,
      '- Took 3.2 s',
    ]);
  });
});
