import { describe, expect, it } from '@jest/globals';
import { LEGACY_SIGNATURE_TYPE } from '../../../src/chain/legacy-signature.ts';
import { RECORD_PREDICATE } from '../../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../../src/chain/statement.ts';
import { VULN_PREDICATE } from '../../../src/chain/vuln.ts';
import { digestOf } from '../../../src/image/digest.ts';
import type { Outcome } from '../../../src/promote/outcome.ts';
import { renderEvidence } from '../../../src/promote/report/evidence.ts';
import { DIGEST, sampleOutcome } from '../sample-outcome.ts';

const WEB = 'prod.example/shop/web';

/** The rows of the table, each as its cells. */
function rowsOf(changes: Partial<Outcome>): string[][] {
  const lines = (renderEvidence(sampleOutcome(changes)) ?? '').split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the table of signed evidence', () => {
  it('says what was relied on, by whom, and where it is', () => {
    const relied = [
      { kind: 'signature', type: SIGNATURE_PREDICATE, signer: 'keys/dev.pub', digest: digestOf('s') },
      { kind: 'attestation', type: VULN_PREDICATE, signer: 'the scanner' },
    ] as const;
    expect(rowsOf({ relied })).toEqual([
      [
        'Signature',
        'relied&nbsp;on',
        'keys/dev.pub',
        expect.stringMatching(/^`staging.example\/shop\/web` as `sha256:/),
      ],
      ['Vulnerability scan', 'relied&nbsp;on', 'the scanner', '`staging.example/shop/web`'],
    ]);
  });

  it('says what was written, and what an earlier run left', () => {
    const evidence = [{ repository: WEB, predicateType: RECORD_PREDICATE, digest: digestOf('r') }];
    const kept = [{ repository: WEB, predicateType: SIGNATURE_PREDICATE }];
    expect(rowsOf({ evidence, kept }).map(([name, use]) => [name, use])).toEqual([
      ['Promotion record', 'written'],
      ['Signature', 'there&nbsp;already'],
    ]);
  });

  it('has one row for the signatures of several tags, and names the tags of the older form', () => {
    const [one, two] = [digestOf('1'), digestOf('2')];
    const evidence = [
      { repository: WEB, predicateType: SIGNATURE_PREDICATE, digest: one },
      { repository: WEB, predicateType: SIGNATURE_PREDICATE, digest: two },
      { repository: WEB, predicateType: LEGACY_SIGNATURE_TYPE, digest: DIGEST },
    ];
    const rows = rowsOf({ evidence });
    expect(rows.map(([name]) => name)).toEqual(['Signature (2)', 'Signature, older form (`.sig`)']);
    expect(rows[1]?.[3]).toBe(`\`${WEB}\` as \`:sha256-${DIGEST.slice(7, 19)}….sig\``);
  });

  it('names a keyless signer with the repository it signed for', () => {
    const exact = (text: string) => ({ kind: 'exact', text }) as const;
    const basics = { kind: 'certificate', name: 'n', transparencyLog: true, repository: 'acme/shop' } as const;
    const anchor = { ...basics, identity: exact('https://ci.example/flow'), issuer: exact('i') };
    const evidence = [{ repository: WEB, predicateType: 'https://example.test/own/v1', digest: DIGEST }];
    expect(rowsOf({ evidence, anchor })[0]?.slice(0, 3)).toEqual([
      ...['`https://example.test/own/v1`', 'written', expect.stringContaining('ci.example')],
    ]);
    expect(rowsOf({ evidence, anchor })[0]?.[2]).toContain('acme/shop');
  });

  it('cannot be broken by what a signer is called', () => {
    const relied = [{ kind: 'signature', type: SIGNATURE_PREDICATE, signer: 'a|b\n| c' }] as const;
    expect(rowsOf({ relied })[0]).toHaveLength(4);
  });

  it('is left out when nothing is signed', () => {
    expect(renderEvidence(sampleOutcome())).toBeUndefined();
  });
});
